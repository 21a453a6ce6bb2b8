import Foundation
import Testing

/// A folder to use models in, and the commands that do.
struct UsedModel {
  let folder: TemporaryFolder
  private let zoo: String

  /// A folder with the models that are trained once for all tests.
  init() throws { try self.init(zoo: try TrainedZoo.shared().folder.path) }

  init(zoo: String) throws {
    folder = try TemporaryFolder()
    self.zoo = zoo
  }

  /// Runs a command in the folder; models are found by name.
  func run(_ arguments: String...) throws -> CommandRun {
    try runCommand(
      arguments, environment: ["LATENTZOO_PATH": zoo], workingFolder: folder.path)
  }

  /// Runs a command that must succeed.
  @discardableResult
  func succeed(_ arguments: String...) throws -> CommandRun {
    let run = try runCommand(
      arguments, environment: ["LATENTZOO_PATH": zoo], workingFolder: folder.path)
    try #require(run.status == 0, "\(run)")
    return run
  }

  /// The message of a command that must fail with status 1 and write nothing.
  func failure(_ arguments: String...) throws -> String {
    let before = try folder.names
    let run = try runCommand(
      arguments, environment: ["LATENTZOO_PATH": zoo], workingFolder: folder.path)
    #expect(run.status == 1 && run.output.isEmpty, "\(run)")
    #expect(try folder.names == before)
    return run.messages
  }

  /// The path of a file in the folder.
  func path(_ name: String) -> String { "\(folder.path)/\(name)" }
}

/// A zoo with a model of vectors, trained on files with a training and a test part.
struct VectorZoo: Sendable {
  let folder: TemporaryFolder

  /// The zoo; training happens on first use.
  static func shared() throws -> VectorZoo { try made.get() }

  private static let made = Result { try VectorZoo() }

  /// Where the data is read from: five numbers an example, the class is in the first.
  var source: String { "idx:\(folder.path)/vectors" }

  private init() throws {
    folder = try TemporaryFolder()
    let data = folder.path + "/vectors"
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    for (part, count) in [("train", 60), ("t10k", 20)] {
      var rows: [UInt8] = []
      for row in 0..<UInt8(count) { rows += [row % 2 * 200, row, 3, 100, row * 4] }
      try Self.write([0, 0, 8, 2], [count, 5], rows, "\(data)/\(part)-images-idx2-ubyte")
      let labels = (0..<count).map { UInt8($0 % 2) }
      try Self.write([0, 0, 8, 1], [count], labels, "\(data)/\(part)-labels-idx1-ubyte")
    }
    let run = try runCommand([
      "train", "ae", "--data", source, "--zoo", folder.path, "--epochs", "40", "--batch-size", "10",
      "--set", "hiddenSizes=[8]", "--set", "latentSize=2", "--learning-rate", "0.01",
    ])
    try #require(run.status == 0, "\(run)")
  }

  private static func write(
    _ magic: [UInt8], _ sizes: [Int], _ payload: [UInt8], _ path: String
  ) throws {
    let header = sizes.flatMap { size in withUnsafeBytes(of: UInt32(size).bigEndian, Array.init) }
    try Data(magic + header + payload).write(to: URL(fileURLWithPath: path))
  }
}
