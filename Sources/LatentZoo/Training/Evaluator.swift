/// Measures a model on data: its own losses, and what the family measures beside them.
public final class Evaluator<Family: ModelFamily> {
  private let model: Family
  private let dataShape: DataShape
  private let engine: Engine
  private var plans: [Key: (plan: Plan, names: [String])] = [:]

  private struct Key: Hashable {
    let count: Int
    let hasMeasures: Bool
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
  /// - Parameter seed: key of what the model samples on the way.
  /// - Throws: ``ModelError/wrongDataShape(model:expected:found:)`` or a ``TensorError``.
  public func losses(
    on dataset: Dataset, indices: [Int]? = nil, seed: UInt64
  ) throws -> [String: Double] {
    try measure(dataset, indices, seed, hasMeasures: false)
  }

  /// ``losses(on:indices:seed:)`` and ``ModelFamily/measures(of:using:)``: by default `squaredError`, the mean over examples of
  /// the squared error summed over elements.
  public func metrics(
    on dataset: Dataset, indices: [Int]? = nil, seed: UInt64
  ) throws -> [String: Double] {
    try measure(dataset, indices, seed, hasMeasures: true)
  }

  private func measure(
    _ dataset: Dataset, _ indices: [Int]?, _ seed: UInt64, hasMeasures: Bool
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
      let (plan, names) = try plan(Key(count: batch.count, hasMeasures: hasMeasures))
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
    var names: [String] = []
    var outputs: [Tensor] = []
    let objectives = model.objectives
    for objective in objectives {
      var pass = Pass.evaluation(
        using: RandomSource(seed: 0).forked("objective \(objective.name)"))
      let recorded = objective.record(model, inputs.batch, &pass)
      outputs += [recorded.loss] + recorded.terms.map(\.value)
      names += reportNames(
        of: objective.name, terms: recorded.terms.map(\.name),
        isOnly: objectives.count == 1)
    }
    if key.hasMeasures {
      var pass = Pass.evaluation(using: RandomSource(seed: 0).forked("measures"))
      let measures = model.measures(of: inputs.batch, using: &pass)
      outputs += measures.map(\.value)
      names += measures.map(\.name)
    }
    let made = (
      plan: try Plan(inputs: inputs.tensors, outputs: outputs, on: engine), names: names
    )
    plans[key] = made
    return made
  }
}
