/// An estimate of `-log p(x)`, the mean over examples.
public struct NegativeLogLikelihood: Codable, Hashable, Sendable {
  /// Nats per example. It is too high on average, the less so the more samples there are.
  public var mean: Double
  /// How far other examples of the same kind would move the mean, as a standard deviation.
  public var standardError: Double
  /// How far other samples would move the mean, as a standard deviation; to first order.
  public var samplingError: Double
  /// Importance samples for each example.
  public var sampleCount: Int
  /// Number of examples.
  public var count: Int

  /// Puts together what was estimated of each example.
  ///
  /// - Parameters:
  ///   - values: `-log p(x)` of each example, nats.
  ///   - samplingVariances: variance of each of them by the choice of samples.
  ///   - sampleCount: samples for each.
  init(_ values: [Double], samplingVariances: [Double], sampleCount: Int) {
    let count = Double(max(values.count, 1))
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    standardError = (squares / max(count - 1, 1) / count).squareRoot()
    samplingError = samplingVariances.reduce(0, +).squareRoot() / count
    self.sampleCount = sampleCount
    self.count = values.count
  }
}
