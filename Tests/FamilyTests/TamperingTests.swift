import Foundation
import LatentZoo
import TestSupport
import Testing

/// Records changed by somebody who knows the checksums, for every family and backbone.
@Suite struct TamperingTests {
  /// A family on a backbone with settings that make it small, and the data it takes.
  struct Kind: CustomTestStringConvertible, Sendable {
    let family: String
    let settings: [String]
    var testDescription: String { ([family] + settings).joined(separator: " ") }

    init(_ family: String, _ settings: String...) {
      (self.family, self.settings) = (family, settings)
    }
  }

  static let kinds = [
    Kind("ae", "hiddenSizes=[4]", "latentSize=2", "loss=squaredError"),
    Kind("vae", "hiddenSizes=[4]", "latentSize=2"),
    Kind("conv-ae", "channels=[2,2]", "latentSize=2"),
    Kind("cvae", "hiddenSizes=[4]", "styleSize=2"),
    Kind("aae", "hiddenSizes=[4]", "latentSize=2"),
    Kind("pca", "latentSize=2"),
    Kind("factor-analysis", "latentSize=2"),
  ]

  @Test("No record makes opening a model trap, take long or loop", arguments: kinds)
  func tampering(_ kind: Kind) throws {
    let registry = try FamilyTests.makeRegistry()
    let data = try FamilyTests.digits(4)
    let specification = try registry.specification(
      for: kind.family, settings: try kind.settings.map { try Setting(parsing: $0) },
      data: data.signature)
    var random = RandomSource(seed: 1)
    let family = try registry.makeModel(specification, using: &random)
    let model = Model(family, record: .sample(specification, family))
    try withTemporaryFolder { folder in
      let path = "\(folder)/model.h5"
      try Checkpoint.write(model, to: path)
      let patched = try PatchedCheckpoint(at: path)
      let record = try JSONDecoder().decode(
        JSONValue.self, from: Data(patched.text(of: .record).utf8))
      var mutator = HostileJSON(seed: 7)
      for _ in 0..<Self.count {
        try open(
          mutator.changed(record), of: patched, at: path, registry: registry)
      }
    }
  }

  private static let count =
    (Int(ProcessInfo.processInfo.environment["LATENTZOO_FUZZ"] ?? "") ?? 900) / 10

  private func open(
    _ record: JSONValue, of patched: PatchedCheckpoint, at path: String, registry: Registry
  ) throws {
    let text = String(decoding: try JSONEncoder().encode(record), as: UTF8.self)
    guard let bytes = patched.replacing(.record, with: text) else { return }
    try bytes.write(to: URL(fileURLWithPath: path))
    let clock = ContinuousClock()
    let start = clock.now
    do {
      _ = try Checkpoint.read(at: path, registry: registry)
    } catch {
      #expect(!"\(error)".isEmpty)
    }
    #expect(clock.now - start < .seconds(2), "\(text)")
  }
}
