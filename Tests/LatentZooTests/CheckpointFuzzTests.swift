import Foundation
import LatentZoo
import TestSupport
import Testing

/// Checkpoints cut off, damaged and tampered with: refused in a sentence, or loaded as they were, and quickly.
@Suite struct CheckpointFuzzTests {
  /// Number of changes tried: 20,000 with `LATENTZOO_FUZZ=20000`.
  private static let count =
    Int(ProcessInfo.processInfo.environment["LATENTZOO_FUZZ"] ?? "") ?? 1500

  private func model() throws -> Model {
    let (toy, specification) = try toyModel()
    let history = try Trainer(TrainingOptions()).train(
      toy, on: TrainingData(toyData(), validation: (toyData(count: 2), nil)))
    let density = LatentDensity(
      [0.25, 0.75].compactMap {
        LatentDensity.Component(weight: $0, mean: [0.5, -$0], factor: [1, 0, 0.25, 2])
      })
    return Model(toy, record: .sample(specification, toy), density: density, history: history)
  }

  /// Opens a model and fails when it takes long; `nil` where it was refused.
  private func open(_ bytes: Data, _ path: String, _ registry: Registry) throws -> Model? {
    try bytes.write(to: URL(fileURLWithPath: path))
    let clock = ContinuousClock()
    let start = clock.now
    defer { #expect(clock.now - start < .seconds(2)) }
    do {
      return try Checkpoint.read(at: path, registry: registry)
    } catch {
      #expect("\(error)".contains(path), "\(error)")
      return nil
    }
  }

  private func isSame(_ one: Model, _ other: Model) -> Bool {
    one.record == other.record && one.history == other.history && one.density == other.density
      && one.vocabulary == other.vocabulary
      && values(one) == values(other)
  }

  private func values(_ model: Model) -> [[UInt32]] {
    model.parameters.map { $0.value.scalars.map(\.bitPattern) }
  }

  @Test("Changed at random, a file is refused or loads as it was")
  func mutations() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/toy.h5"
      let registry = try toyRegistry()
      let model = try model()
      try Checkpoint.write(model, to: path)
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      var mutator = ByteMutator(seed: 11)
      var refused = 0
      for round in 0..<Self.count {
        let loaded = try open(mutator.changed(whole), path, registry)
        guard let loaded else {
          refused += 1
          continue
        }
        let isSame = isSame(loaded, model)
        #expect(isSame, "round \(round) loaded something else")
      }
      #expect(refused > Self.count / 4, "\(refused) of \(Self.count)")
    }
  }

  @Test(
    "A text changed by somebody who knows the checksums is refused or loads, and never traps",
    arguments: PatchedCheckpoint.Object.allCases)
  func tampering(_ object: PatchedCheckpoint.Object) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/toy.h5"
      // Without the family, the graph is what runs.
      let registry = object == .graph ? Registry() : try toyRegistry()
      try Checkpoint.write(try model(), to: path)
      let patched = try PatchedCheckpoint(at: path)
      let whole = try JSONDecoder().decode(
        JSONValue.self, from: Data(patched.text(of: object).utf8))
      var mutator = HostileJSON(seed: 3)
      var loaded = 0
      for _ in 0..<Self.count / 3 {
        let text = try JSONEncoder().encode(mutator.changed(whole))
        guard let bytes = patched.replacing(object, with: String(decoding: text, as: UTF8.self))
        else { continue }
        guard let model = try open(bytes, path, registry) else { continue }
        loaded += 1
        _ = try model.encode(NDArray(repeating: 0.5, shape: model.dataShape.batched(2)))
      }
      #expect(loaded > 0)
    }
  }
}

/// Changes bytes, blocks and lengths of a file.
struct ByteMutator {
  private var random: RandomSource

  init(seed: UInt64) { random = RandomSource(seed: seed) }

  /// The file with one to four places changed, or cut off.
  mutating func changed(_ bytes: Data) -> Data {
    var changed = [UInt8](bytes)
    for _ in 0..<index(below: 4) + 1 {
      let place = index(below: changed.count)
      let length = min([1, 1, 1, 2, 4, 8, 64, 512][index(below: 8)], changed.count - place)
      switch index(below: 8) {
      case 0: changed[place] ^= 1 << UInt8(index(below: 8))
      case 1: changed.replaceSubrange(place..<place + length, with: repeatElement(0, count: length))
      case 2:
        changed.replaceSubrange(place..<place + length, with: repeatElement(0xFF, count: length))
      case 3:
        let source = index(below: changed.count - length + 1)
        changed.replaceSubrange(
          place..<place + length, with: Array(changed[source..<source + length]))
      case 4: changed.removeSubrange(place..<place + length)
      case 5: changed.insert(contentsOf: changed[place..<place + length], at: place)
      case 6:
        // A length or an address: eight bytes at a multiple of eight.
        let word = place / 8 * 8
        let value = [UInt64](
          [0, 1, 8, 255, 65_535, 1 << 31, 1 << 40, .max, .max - 7, UInt64(changed.count)])[
            index(below: 10)]
        for (offset, byte) in withUnsafeBytes(of: value.littleEndian, Array.init).enumerated()
        where word + offset < changed.count {
          changed[word + offset] = byte
        }
      default: for offset in place..<place + length { changed[offset] = UInt8(index(below: 256)) }
      }
      if changed.isEmpty { break }
    }
    return Data(changed)
  }

  private mutating func index(below count: Int) -> Int {
    min(Int(random.uniform() * Float(count)), max(count - 1, 0))
  }
}
