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
  /// Mean over the examples of the squared error summed over elements, `Σ (x − x̂)²`; `nil` where the family measures none.
  public var squaredError: Double?
  /// ``squaredError`` divided by the number of elements of an example.
  public var meanSquaredError: Double?
  /// What can be read off the codes; `nil` where the data has no labels.
  public var latent: LatentEvaluation?
}

extension Model {
  /// Measures losses and reconstruction on data and, where it has labels, what its codes tell of them.
  ///
  /// - Parameters:
  ///   - seed: key of what the model samples on the way, of the codes drawn where there are too many, and of the
  ///     clusters.
  ///   - folds: for the linear classifier where there is no test part.
  ///   - controls: whether the linear classifier is fitted on simpler features of sentences too.
  /// - Throws: ``ModelError/wrongDataShape(model:expected:found:)`` or a ``TensorError``.
  public func evaluate(
    on selection: DataSelection, seed: UInt64, folds: Int = 5, controls: Bool = false,
    engine: Engine = .shared
  ) throws -> ModelEvaluation {
    let dataset = selection.dataset
    try checkShape(of: dataset)
    var losses = family.findsNeighbours(in: dataset) ? try metrics(on: dataset, seed: seed) : [:]
    let squaredError = losses.removeValue(forKey: "squaredError")
    let latent = try latentEvaluation(of: selection, seed, folds, controls, engine)
    return ModelEvaluation(
      model: record.name, data: selection.description, count: dataset.count,
      isTrainingData: selection.partSHA256 == record.data.sha256, seed: seed, losses: losses,
      squaredError: squaredError,
      meanSquaredError: squaredError.map { $0 / Double(dataShape.featureCount) },
      latent: latent)
  }

  /// What codes tell of classes, with each code computed once; `nil` without labels.
  private func latentEvaluation(
    of selection: DataSelection, _ seed: UInt64, _ folds: Int, _ controls: Bool, _ engine: Engine
  ) throws -> LatentEvaluation? {
    let most = Self.mostProbed
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
      of: test, reference: known, folds: folds, controls: controls, seed: seed, engine: engine)
    return evaluation
  }
}
