/// Measures a model on data: its own losses, and how far reconstructions are from originals.
public final class Evaluator<Family: ModelFamily> {
  private let model: Family
  private let dataShape: DataShape
  private let engine: Engine
  private var plans: [Key: (plan: Plan, names: [String])] = [:]

  private struct Key: Hashable {
    let count: Int
    let hasReconstruction: Bool
  }

  /// Examples evaluated together.
  private static var batchSize: Int { 500 }
  /// After so many epochs every warm-up is over.
  private static var lateEpoch: Float { 1e9 }

  /// Makes an evaluator.
  public init(_ model: Family, data: DataShape, on engine: Engine = .shared) {
    self.model = model
    dataShape = data
    self.engine = engine
  }

  /// The means of every objective and its terms, by name, warm-ups over.
  ///
  /// - Parameter seed: key of what the model samples on the way.
  /// - Throws: ``ModelError/wrongDataShape(model:expected:found:)`` or a ``TensorError``.
  public func losses(
    on dataset: Dataset, indices: [Int]? = nil, seed: UInt64
  ) throws -> [String: Double] {
    try measure(dataset, indices, seed, hasReconstruction: false)
  }

  /// ``losses(on:indices:seed:)``, and `squaredError`, the mean over examples of the squared error summed over elements.
  public func metrics(
    on dataset: Dataset, indices: [Int]? = nil, seed: UInt64
  ) throws -> [String: Double] {
    try measure(dataset, indices, seed, hasReconstruction: true)
  }

  private func measure(
    _ dataset: Dataset, _ indices: [Int]?, _ seed: UInt64, hasReconstruction: Bool
  ) throws -> [String: Double] {
    guard dataset.shape == dataShape else {
      throw ModelError.wrongDataShape(
        model: Family.card.identifier, expected: dataShape, found: dataset.shape.dimensions)
    }
    let count = indices?.count ?? dataset.count
    guard count > 0 else { throw TrainingError.noExamples(data: dataset.name) }
    let loader = try BatchLoader(
      dataset, indices: indices, batchSize: min(count, Self.batchSize), order: .listed, epochs: 1)
    let epoch = Storage(count: 1)
    epoch.withMutableFloats { $0[0] = Self.lateEpoch }
    var averages: TermAverages?
    while let batch = loader.nextBatch() {
      let (plan, names) = try plan(Key(count: batch.count, hasReconstruction: hasReconstruction))
      try plan.run(on: [batch.storage, epoch], seed: seed, step: UInt64(batch.position.batch))
      var means = averages ?? TermAverages(names)
      for output in names.indices {
        means.add(plan.withOutput(output) { $0[0] }, at: output, weight: batch.count)
      }
      averages = means
    }
    return averages?.dictionary ?? [:]
  }

  private func plan(_ key: Key) throws -> (plan: Plan, names: [String]) {
    if let found = plans[key] { return found }
    let examples = Tensor.input(dataShape.batched(key.count))
    let epoch = Tensor.input(.scalar)
    let batch = Batch(examples: examples, epoch: epoch)
    var names: [String] = []
    var outputs: [Tensor] = []
    for objective in Family.objectives {
      var pass = Pass.evaluation(
        using: RandomSource(seed: 0).forked("objective \(objective.name)"))
      let recorded = objective.record(model, batch, &pass)
      outputs += [recorded.loss] + recorded.terms.map(\.value)
      names += reportNames(
        of: objective.name, terms: recorded.terms.map(\.name),
        isOnly: Family.objectives.count == 1)
    }
    if key.hasReconstruction {
      var pass = Pass.evaluation()
      let rebuilt = model.reconstruct(examples, using: &pass)
      outputs.append((rebuilt - examples).squared().summedPerExample().mean())
      names.append("squaredError")
    }
    let made = (
      plan: try Plan(inputs: [examples, epoch], outputs: outputs, on: engine), names: names
    )
    plans[key] = made
    return made
  }
}
