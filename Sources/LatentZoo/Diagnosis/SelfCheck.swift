import Foundation

/// One thing that was tried out, and what came of it.
public struct SelfCheck: Hashable, Codable, Sendable {
  /// What was tried, such as "checkpoint".
  public let name: String
  /// Whether it worked.
  public let isPassed: Bool
  /// What was measured, or what went wrong.
  public let detail: String
  /// What to do about a failure; empty where it worked.
  public let advice: String

  /// Tries everything: computes, writes a checkpoint and reads it, and measures the speed.
  ///
  /// - Parameters:
  ///   - registry: its first family is the one that is written and read.
  ///   - engine: the engine to check.
  public static func all(registry: Registry, on engine: Engine = .shared) -> [SelfCheck] {
    [
      SelfCheck(
        "product", advice: "reinstall oneDNN (libdnnl-dev) and build latentzoo again"
      ) { try checkProduct(engine) },
      SelfCheck(
        "checkpoint", advice: "make room in \(NSTemporaryDirectory()), or set TMPDIR elsewhere"
      ) { try checkCheckpoint(registry, engine) },
      SelfCheck(
        "speed", advice: "reinstall oneDNN (libdnnl-dev), or use fewer --threads"
      ) { try measureSpeed(engine) },
    ]
  }

  private init(_ name: String, advice: String, _ body: () throws -> String) {
    self.name = name
    do {
      detail = try body()
      isPassed = true
      self.advice = ""
    } catch {
      detail = "\(error)"
      isPassed = false
      self.advice = advice
    }
  }

  /// A small matrix product against plain sums.
  private static func checkProduct(_ engine: Engine) throws -> String {
    let (m, k, n) = (5, 7, 3)
    var random = RandomSource(seed: 1).forked("self-check")
    let a = NDArray((0..<m * k).map { _ in random.uniform() }, shape: [m, k])
    let b = NDArray((0..<k * n).map { _ in random.uniform() }, shape: [k, n])
    let c = try Tensor.product(Tensor(a), Tensor(b)).evaluated(on: engine)
    for row in 0..<m {
      for column in 0..<n {
        let expected = (0..<k).reduce(0.0) { sum, inner in
          sum + Double(a.scalars[row * k + inner]) * Double(b.scalars[inner * n + column])
        }
        let found = Double(c.scalars[row * n + column])
        guard abs(found - expected) < 1e-4 else {
          throw SelfCheckError.wrongProduct(row: row, column: column, expected, found)
        }
      }
    }
    return "\(m)×\(k) times \(k)×\(n) is right"
  }

  /// A model of the first family through a file and back.
  private static func checkCheckpoint(_ registry: Registry, _ engine: Engine) throws -> String {
    guard let family = registry.families.first else { throw SelfCheckError.noFamily }
    let dataset = Dataset(
      name: "self-check", shape: DataShape([1, 4, 4]),
      bytes: (0..<160).map { UInt8($0) }, origin: DataOrigin(source: "self-check"))
    var job = TrainingJob(family: family.identifier)
    job.options.epochs = 1
    let prepared = try job.prepared(
      on: DataParts(train: dataset), registry: registry, engine: engine)
    let folder = (NSTemporaryDirectory() as NSString).appendingPathComponent(
      "latentzoo-check-\(UUID().uuidString)")
    try makeFolder(folder)
    defer { removeFolder(folder) }
    let path = "\(folder)/check.h5"
    let written = try prepared.run(savingTo: path).model
    let read = try Checkpoint.read(at: path, registry: registry, on: engine)
    for (one, other) in zip(written.parameters, read.parameters) {
      guard one.value == other.value else {
        throw SelfCheckError.weightChanged(path: one.path)
      }
    }
    return "a trained \(family.identifier) was written and read back unchanged"
  }

  private static func makeFolder(_ path: String) throws(CheckpointError) {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(file: path, reason: "the folder cannot be made")
    }
  }

  private static func removeFolder(_ path: String) {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      // It lies among temporary files, where the system clears up.
    }
  }

  /// The rate of a large matrix product; the best of a few rounds.
  private static func measureSpeed(_ engine: Engine) throws -> String {
    let size = 1024
    let shape: Shape = [size, size]
    let (a, b) = (Tensor.input(shape), Tensor.input(shape))
    let plan = try Plan(inputs: [a, b], outputs: [.product(a, b)], on: engine)
    let blocks = [Storage(count: size * size), Storage(count: size * size)]
    for block in blocks { block.withMutableFloats { $0.update(repeating: 0.5) } }
    try plan.run(on: blocks)
    let clock = ContinuousClock()
    var best = Double.infinity
    for _ in 0..<10 {
      let time = try clock.measure { try plan.run(on: blocks) }
      best = min(best, time.seconds)
    }
    let rate = 2 * Double(size * size * size) / best / 1e9
    return "\(Int(rate.rounded())) GFLOP/s in products of \(size)×\(size) on "
      + "\(engine.threadCount) threads"
  }
}

/// What a self-check can find wrong.
enum SelfCheckError: Error, Hashable {
  case wrongProduct(row: Int, column: Int, Double, Double)
  case noFamily
  case weightChanged(path: String)
}

extension SelfCheckError: CustomStringConvertible {
  var description: String {
    switch self {
    case .wrongProduct(let row, let column, let expected, let found):
      "element (\(row), \(column)) of a matrix product is \(found) instead of \(expected)"
    case .noFamily: "no family is registered"
    case .weightChanged(let path): "weight \(path) came back from the file changed"
    }
  }
}
