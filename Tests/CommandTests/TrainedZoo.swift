import Foundation
import Testing

/// A zoo with two small models, trained once for all tests that only look.
struct TrainedZoo: Sendable {
  let folder: TemporaryFolder

  /// The zoo; training happens on first use.
  static func shared() throws -> TrainedZoo { try made.get() }

  private static let made = Result { try TrainedZoo() }

  private init() throws {
    folder = try TemporaryFolder()
    for (family, name) in [("vae", "vae-digits"), ("deep-ae", "deep-ae-digits")] {
      let run = try runCommand([
        "train", family, "--data", "digits", "--zoo", folder.path, "--epochs", "2",
        "--set", "hiddenSizes=[16]", "--licence", "CC0-1.0",
      ])
      try #require(run.status == 0, "\(run)")
      try #require(FileManager.default.fileExists(atPath: path(of: name)), "\(run)")
    }
  }

  /// The file of a model.
  func path(of name: String) -> String { "\(folder.path)/\(name).h5" }
}

/// The parent of all tests of commands, which run one after another: each has the processors to itself.
@Suite(.serialized) struct CommandTests {}
