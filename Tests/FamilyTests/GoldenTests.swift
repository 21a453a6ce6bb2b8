import Foundation
import LatentZoo
import TestSupport
import Testing

/// Checkpoints as the first commit wrote them that claimed a version of the format: every later one reads them, and they
/// give what they gave. `Scripts/make_golden.py` made them.
@Suite struct GoldenTests {
  /// What a golden file gave when it was written.
  private struct Expectation: Decodable {
    let family: String
    let examples: [Float]
    let codes: [Float]
    let decoded: [Float]
  }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden/1.0")

  /// The files by name.
  private static let names: [String] = {
    let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return (files ?? []).filter { $0.hasSuffix(".h5") }.map { String($0.dropLast(3)) }.sorted()
  }()

  @Test("There are golden files of every kind of network")
  func kinds() {
    #expect(Set(Self.names).isSuperset(of: ["vae", "conv-ae", "seq-ae"]))
  }

  @Test("A golden file runs from its graph alone", arguments: names)
  func graph(name: String) throws {
    let known = try expectation(name)
    let model = try Checkpoint.read(
      at: Self.folder.appendingPathComponent("\(name).h5").path, registry: Registry())
    #expect(model.family == nil)
    let count = known.examples.count / model.dataShape.featureCount
    let examples = NDArray(known.examples, shape: model.dataShape.batched(count))
    expectClose(try model.encode(examples).scalars, known.codes, "codes of \(name)")
  }

  @Test("A golden file loads and gives the codes and data it gave", arguments: names)
  func reading(name: String) throws {
    let known = try expectation(name)
    let model = try Checkpoint.read(
      at: Self.folder.appendingPathComponent("\(name).h5").path,
      registry: try FamilyTests.makeRegistry())
    #expect(model.record.specification.family == known.family)
    #expect(model.record.name == name && model.record.training.seed == 1)
    #expect(!model.history.wasInterrupted && model.history.epochs.count > 0)
    let count = known.examples.count / model.dataShape.featureCount
    let examples = NDArray(known.examples, shape: model.dataShape.batched(count))
    let codes = try model.encode(examples)
    expectClose(codes.scalars, known.codes, "codes of \(name)")
    let decoded = try model.decode(NDArray(known.codes, shape: codes.shape))
    expectClose(decoded.scalars, known.decoded, "decoded by \(name)")
  }

  private func expectation(_ name: String) throws -> Expectation {
    let file = Self.folder.appendingPathComponent("\(name).json")
    return try JSONDecoder().decode(Expectation.self, from: Data(contentsOf: file))
  }

  /// Another processor may round in another way.
  private func expectClose(_ found: [Float], _ expected: [Float], _ what: String) {
    #expect(found.count == expected.count, "\(what)")
    let scale = max(expected.map(abs).max() ?? 0, 1)
    let distance = zip(found, expected).map { abs($0 - $1) }.max() ?? .infinity
    #expect(distance <= 1e-5 * scale, "\(what) differ by \(distance)")
  }
}
