/// What an evaluation measures beside losses and reconstruction, and how.
public struct EvaluationOptions {
  /// Key of what the model samples on the way, of the damage, of the codes drawn where there are too many, and of the clusters.
  public var seed: UInt64 = 1
  /// How to estimate the density of the data; `nil` to leave that out.
  public var sampling: ImportanceSampling?
  /// Damage that the model is to repair beside.
  public var corruption = Corruption.none
  /// What codes are compared with; `nil` for the model's own prior.
  public var prior: LatentPrior?
  /// For the linear classifier where there is no test part, at least 2.
  public var folds = 5
  /// Whether the linear classifier is fitted on simpler features of sentences too.
  public var hasControls = false

  /// The defaults.
  public init() {}
}
