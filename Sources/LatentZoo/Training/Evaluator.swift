/// Measures a model on data: its own losses, and what the family measures beside them.
public final class Evaluator<Family: ModelFamily> {
  private let model: Family
  private let dataShape: DataShape
  private let engine: Engine
  private var plans: [Key: (plan: Plan, names: [String])] = [:]

  private struct Key: Hashable {
    let count: Int
    let contents: Contents
  }

  private enum Contents: Hashable {
    case losses
    case lossesAndMeasures
    case restoration(Corruption)
  }

  /// Examples evaluated together; few where each step of an example may have a number for every token there is.
  private static func batchSize(for data: Dataset) -> Int { data.signature.isTokens ? 100 : 500 }
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
  /// - Parameters:
  ///   - dataset: the examples.
  ///   - indices: which examples; `nil` for all.
  ///   - seed: key of what the model samples on the way.
  /// - Throws: ``ModelError/wrongDataShape(model:expected:found:)``, ``ModelError/dataDoesNotFit(family:reason:)``,
  ///   ``TrainingError/noExamples(data:)`` or a `TensorError`.
  public func losses(
    on dataset: Dataset, indices: [Int]? = nil, seed: UInt64
  ) throws -> [String: Double] {
    try measure(dataset, indices, seed, .losses)
  }

  /// ``losses(on:indices:seed:)`` and ``ModelFamily/measures(of:using:)``: by default `squaredError`, the mean over examples of
  /// the squared error summed over elements.
  ///
  /// - Throws: as ``losses(on:indices:seed:)``.
  public func metrics(
    on dataset: Dataset, indices: [Int]? = nil, seed: UInt64
  ) throws -> [String: Double] {
    try measure(dataset, indices, seed, .lossesAndMeasures)
  }

  /// How much of damaged examples the model repairs: squared errors against the undamaged ones, means over the examples.
  ///
  /// - Parameters:
  ///   - corruption: what is done to the examples.
  ///   - dataset: the examples.
  ///   - indices: which examples; `nil` for all.
  ///   - seed: key of the damage, too.
  /// - Throws: ``ModelError/cannotCorrupt(by:data:)``, or as ``metrics(on:indices:seed:)``.
  public func restoration(
    of corruption: Corruption, on dataset: Dataset, indices: [Int]? = nil, seed: UInt64
  ) throws -> Restoration {
    try corruption.check(dataset.signature)
    let values = try measure(dataset, indices, seed, .restoration(corruption))
    return Restoration(
      corruption: corruption, damage: values["damage"] ?? .nan,
      squaredError: values["squaredError"] ?? .nan)
  }

  private func measure(
    _ dataset: Dataset, _ indices: [Int]?, _ seed: UInt64, _ wanted: Contents
  ) throws -> [String: Double] {
    guard dataset.shape == dataShape else {
      throw ModelError.wrongDataShape(
        model: Family.card.identifier, expected: dataShape, found: dataset.shape.dimensions)
    }
    try model.check(dataset)
    let contents = model.batchContents
    let indices = contents.contains(.neighbours) ? dataset.between(indices) : indices
    let count = indices?.count ?? dataset.count
    guard count > 0 else { throw TrainingError.noExamples(data: dataset.name) }
    let loader = try BatchLoader(
      dataset, indices: indices, batchSize: min(count, Self.batchSize(for: dataset)),
      order: .listed, epochs: 1,
      contents: contents)
    let epoch = Storage(count: 1)
    epoch.withMutableFloats { $0[0] = Self.lateEpoch }
    var averages: TermAverages?
    while let batch = try loader.nextBatch() {
      let (plan, names) = try plan(Key(count: batch.count, contents: wanted))
      try plan.run(
        on: batch.storages + [epoch], seed: seed, step: UInt64(batch.position.batch))
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
    let inputs = BatchInputs(dataShape, contents: model.batchContents, count: key.count)
    var recorded: [(name: String, value: Tensor)] = []
    switch key.contents {
    case .losses: recorded = losses(of: inputs.batch)
    case .lossesAndMeasures:
      var pass = Pass.evaluation(using: RandomSource(seed: 0).forked("measures"))
      recorded = losses(of: inputs.batch) + model.measures(of: inputs.batch, using: &pass)
    case .restoration(let corruption):
      var pass = Pass.evaluation(using: RandomSource(seed: 0).forked("restoration"))
      let x = inputs.batch.examples
      let damaged = corruption(x, using: &pass)
      let batch = inputs.batch.replacingExamples(by: damaged)
      let restored = model.reconstruct(batch, using: &pass)
      recorded = [("damage", damaged), ("squaredError", restored)].map {
        ($0.0, ($0.1 - x).squared().summedPerExample().mean())
      }
    }
    let made = (
      plan: try Plan(inputs: inputs.tensors, outputs: recorded.map(\.value), on: engine),
      names: recorded.map(\.name)
    )
    plans[key] = made
    return made
  }

  private func losses(of batch: Batch) -> [(name: String, value: Tensor)] {
    let objectives = model.objectives
    return objectives.flatMap { objective in
      var pass = Pass.evaluation(
        using: RandomSource(seed: 0).forked("objective \(objective.name)"))
      let recorded = objective.record(model, batch, &pass)
      let names = reportNames(
        of: objective.name, terms: recorded.terms.map(\.name), isOnly: objectives.count == 1)
      return Array(zip(names, [recorded.loss] + recorded.terms.map(\.value)))
    }
  }
}
