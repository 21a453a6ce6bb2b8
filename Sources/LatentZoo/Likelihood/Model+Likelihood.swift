extension Model {
  /// Estimates `-log p(x)` on data; see ``ImportanceSampling``.
  ///
  /// - Throws: ``ModelError/noLikelihood(model:family:)``, or as
  ///   ``ImportanceSampling/negativeLogLikelihood(of:on:indices:seed:)``.
  public func negativeLogLikelihood(
    on dataset: Dataset, using sampling: ImportanceSampling, seed: UInt64
  ) throws -> NegativeLogLikelihood {
    try checkShape(of: dataset)
    guard let model = family as? any LatentVariableModel else {
      throw ModelError.noLikelihood(model: record.name, family: record.specification.family)
    }
    return try sampling.negativeLogLikelihood(of: model, on: dataset, seed: seed)
  }
}
