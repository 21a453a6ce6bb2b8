import AEFamily
import ArgumentParser
import DenseBackbone
import Foundation
import LatentZoo

/// Our side of `checkpoint_io.py`: saves or loads one large model and says how long that took.
@main struct CheckpointBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint-benchmark",
    abstract: "Times saving and loading of a checkpoint, for checkpoint_io.py.")

  /// What is timed.
  enum Task: String, CaseIterable, ExpressibleByArgument {
    case save, load
  }

  @Argument(help: "save or load.") var task: Task
  @Argument(help: "The checkpoint file.") var path: String
  @Option(help: "Width of the layers: weights of width² values, 4 bytes each.") var width = 4096
  @Option(help: "Layers of the encoder, and of the decoder.") var depth = 8

  func run() throws {
    let registry = Registry()
    try registry.register(Autoencoder.self, provider: "LatentZoo")
    try registry.register(backbone: Dense.self, provider: "LatentZoo")
    let clock = ContinuousClock()
    let seconds: Duration
    let count: Int
    switch task {
    case .save:
      let model = try makeModel(registry)
      count = model.record.parameterCount
      seconds = try clock.measure { try Checkpoint.write(model, to: path) }
    case .load:
      let start = clock.now
      let model = try Checkpoint.read(at: path, registry: registry)
      seconds = clock.now - start
      count = model.record.parameterCount
    }
    print("{\"seconds\": \(seconds / .seconds(1)), \"bytes\": \(4 * count)}")
  }

  /// An autoencoder with other weights than zeros, so that no file system can make them small.
  private func makeModel(_ registry: Registry) throws -> Model {
    let settings = [
      "hiddenSizes=\([Int](repeating: width, count: depth - 1))", "latentSize=\(width)",
      "loss=squaredError",
    ]
    let specification = try registry.specification(
      for: "ae", settings: settings.map { try Setting(parsing: $0) },
      data: DataSignature(DataShape([width])))
    var random = RandomSource(seed: 1)
    let family = try registry.makeModel(specification, using: &random)
    for parameter in family.parameters {
      parameter.adopt(
        Storage(count: parameter.shape.count) { floats in
          for index in floats.indices { floats[index] = Float(index % 8191) / 8191 }
        })
    }
    return Model(family, record: record(specification, family))
  }

  private func record(
    _ specification: ModelSpecification, _ family: any ModelFamily
  ) -> ModelRecord {
    ModelRecord(
      name: "benchmark", specification: specification, latentSize: family.latentSize,
      parameterCount: family.parameterCount, prior: .fitted,
      preprocessing: Preprocessing(divisor: 1, lowest: 0, highest: 1, labelNames: []),
      data: Provenance(source: "benchmark", count: 0, sha256: ""), training: TrainingOptions(),
      metrics: [], libraryVersion: libraryVersion, createdAt: "2026-01-01T00:00:00Z",
      threadCount: 1, licence: "", parent: "")
  }
}
