/// What was measured of a model on data, and how.
public struct ModelEvaluation: Codable, Hashable, Sendable {
  /// Name of the model.
  public var model: String
  /// Which examples, such as `test part of idx:mnist`.
  public var data: String
  /// Number of examples.
  public var count: Int
  /// Whether they were taken from the data that the model was trained on.
  public var isTrainingData: Bool
  /// Key of all that was drawn at random on the way.
  public var seed: UInt64
  /// The family's own losses by name, means over the examples, warm-ups over; those of a likelihood in
  /// nats per example.
  public var losses: [String: Double]
  /// Mean over the examples of the squared error summed over elements, `Σ (x − x̂)²`; `nil` where examples are no numbers.
  public var squaredError: Double?
  /// ``squaredError`` divided by the number of elements of an example.
  public var meanSquaredError: Double?
  /// How much of damaged examples the model repairs; `nil` where that was not asked for.
  public var restoration: Restoration?
  /// What can be read off the codes; `nil` where the data has no labels.
  public var latent: LatentEvaluation?
  /// How far the codes are from the model's prior, or the one that was asked for; `nil` where the prior is a fitted density.
  public var prior: PriorDiscrepancy?
}

extension Model {
  /// Measures losses and reconstruction on data and, where it has labels, what its codes tell of them.
  ///
  /// - Parameters:
  ///   - corruption: damage that the model is to repair beside.
  ///   - prior: what codes are compared with; `nil` for the model's own prior.
  ///   - seed: key of what the model samples on the way, of the damage, of the codes drawn where there are too
  ///     many, and of the clusters.
  /// - Throws: ``ModelError/wrongDataShape(model:expected:found:)``, ``ModelError/cannotCorrupt(by:data:)``,
  ///   ``ModelError/priorDoesNotFit(prior:size:reason:)`` or a ``TensorError``.
  public func evaluate(
    on selection: DataSelection, corruption: Corruption = .none, against prior: LatentPrior? = nil,
    seed: UInt64,
    engine: Engine = .shared
  ) throws -> ModelEvaluation {
    let dataset = selection.dataset
    try prior?.validate(size: record.latentSize)
    try checkShape(of: dataset)
    var losses = try metrics(on: dataset, seed: seed)
    let squaredError = losses.removeValue(forKey: "squaredError")
    return ModelEvaluation(
      model: record.name, data: selection.description, count: dataset.count,
      isTrainingData: selection.partSHA256 == record.data.sha256, seed: seed, losses: losses,
      squaredError: squaredError,
      meanSquaredError: squaredError.map { $0 / Double(dataShape.featureCount) },
      restoration: corruption.kind == .none
        ? nil : try restoration(of: corruption, on: dataset, seed: seed),
      latent: try latentEvaluation(
        on: dataset, reference: selection.reference, seed: seed, engine: engine),
      prior: try priorDiscrepancy(on: dataset, from: prior, seed: seed, engine: engine))
  }
}
