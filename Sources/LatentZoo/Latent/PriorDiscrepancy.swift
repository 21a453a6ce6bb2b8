/// How far a model's codes are from a prior.
public struct PriorDiscrepancy: Codable, Hashable, Sendable {
  /// What the codes were compared with.
  public var prior: LatentPrior
  /// Number of codes, and as many of the prior.
  public var count: Int
  /// The discrepancy; codes and draws each have mean 0 and deviation 1 in every element.
  public var discrepancy: MaximumMeanDiscrepancy
  /// Decided what was drawn of the prior, and of the codes where there were too many.
  public var seed: UInt64

  /// Codes that are compared, at most; more are drawn from.
  public static let largestCount = 5000

  /// Compares codes with a prior.
  ///
  /// - Parameters:
  ///   - codes: `[N, D]`, `N` in 2...``largestCount``.
  ///   - prior: what to compare with.
  ///   - seed: decides what is drawn of the prior.
  ///   - engine: where it is computed.
  /// - Throws: as ``LatentPrior/validate(size:)``, or a `TensorError`.
  public init(
    of codes: NDArray, from prior: LatentPrior, seed: UInt64, on engine: Engine = .shared
  ) throws {
    let drawn = try prior.codes(codes.shape[0], size: codes.shape[1], seed: seed, on: engine)
    self.prior = prior
    self.seed = seed
    count = codes.shape[0]
    discrepancy = try MaximumMeanDiscrepancy(
      between: codes.standardized(), and: drawn.standardized(), on: engine)
  }
}

extension Model {
  /// Measures how far the codes of data are from a prior.
  ///
  /// - Parameters:
  ///   - dataset: the examples.
  ///   - prior: `nil` for the model's own.
  ///   - seed: decides what is drawn of the prior, and of the codes where there are too many.
  ///   - engine: where it is computed.
  /// - Returns: `nil` where the model's prior is a fitted density, or the data has less than two examples.
  /// - Throws: as ``encode(_:labels:)`` and ``PriorDiscrepancy``.
  public func priorDiscrepancy(
    on dataset: Dataset, from prior: LatentPrior? = nil, seed: UInt64, engine: Engine = .shared
  ) throws -> PriorDiscrepancy? {
    let prior = prior ?? record.prior
    guard prior != .fitted, dataset.count > 1 else { return nil }
    try prior.validate(size: record.latentSize)
    let chosen = LatentEvaluation.drawn(
      PriorDiscrepancy.largestCount, of: dataset.count, seed: seed)
    return try PriorDiscrepancy(
      of: try encode(dataset, indices: chosen), from: prior, seed: seed, on: engine)
  }
}
