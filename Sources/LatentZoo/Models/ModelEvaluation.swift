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
  /// nats per example. Empty for a family that looks at neighbours and data without an order.
  public var losses: [String: Double]
  /// Mean over the examples of the squared error summed over elements, `Σ (x − x̂)²`; `nil` where examples are no numbers.
  public var squaredError: Double?
  /// ``squaredError`` divided by the number of elements of an example.
  public var meanSquaredError: Double?
  /// What importance sampling estimates of the density of the data; `nil` where it was not asked for.
  public var negativeLogLikelihood: NegativeLogLikelihood?
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
  /// - Throws: ``ModelError/wrongDataShape(model:expected:found:)``, ``ModelError/noLikelihood(model:family:)``,
  ///   ``ModelError/cannotCorrupt(by:data:)``, ``ModelError/priorDoesNotFit(prior:size:reason:)`` or a `TensorError`.
  public func evaluate(
    on selection: DataSelection, _ options: EvaluationOptions = EvaluationOptions(),
    engine: Engine = .shared
  ) throws -> ModelEvaluation {
    let (dataset, seed) = (selection.dataset, options.seed)
    try options.prior?.validate(size: record.latentSize)
    try checkShape(of: dataset)
    let likelihood = try options.sampling.map {
      try negativeLogLikelihood(on: dataset, using: $0, seed: seed)
    }
    // Without its family a model has no losses, and all else that its codes tell.
    let hasLosses = family?.findsNeighbours(in: dataset) == true
    var losses = hasLosses ? try metrics(on: dataset, seed: seed) : [:]
    let squaredError = losses.removeValue(forKey: "squaredError")
    let restoration =
      options.corruption.kind == .none
      ? nil : try restoration(of: options.corruption, on: dataset, seed: seed)
    return ModelEvaluation(
      model: record.name, data: selection.description, count: dataset.count,
      isTrainingData: selection.partSHA256 == record.data.sha256, seed: seed, losses: losses,
      squaredError: squaredError,
      meanSquaredError: squaredError.map { $0 / Double(dataShape.featureCount) },
      negativeLogLikelihood: likelihood, restoration: restoration,
      latent: try latentEvaluation(of: selection, options, engine),
      prior: try priorDiscrepancy(
        on: dataset, from: options.prior, seed: seed, engine: engine))
  }

  /// What codes tell of classes, with each code computed once; `nil` without labels.
  private func latentEvaluation(
    of selection: DataSelection, _ options: EvaluationOptions, _ engine: Engine
  ) throws -> LatentEvaluation? {
    let (most, seed) = (Self.mostProbed, options.seed)
    let limit = selection.reference == nil ? most : nil
    guard
      let test = try EncodedExamples(selection.dataset, atMost: limit, seed: seed, by: self)
    else { return nil }
    let known = try selection.reference.flatMap {
      try EncodedExamples($0, atMost: most, seed: seed, by: self)
    }
    guard selection.reference == nil || known != nil else { return nil }
    var evaluation = try latentEvaluation(
      of: test, reference: known, seed: seed, engine: engine)
    evaluation.probe = try probe(
      of: test, reference: known, folds: options.folds, controls: options.hasControls,
      seed: seed, engine: engine)
    return evaluation
  }
}
