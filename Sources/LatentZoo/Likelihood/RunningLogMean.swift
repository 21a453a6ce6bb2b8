#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Logarithms of means of weights that come in as logarithms, one at a time, for several examples at once.
///
/// Sums are kept relative to the greatest weight so far, in `Double`.
struct RunningLogMean {
  private var greatest: [Double]
  private var sums: [Double]
  private var squares: [Double]
  private var count = 0

  init(examples: Int) {
    greatest = Array(repeating: -.infinity, count: examples)
    sums = Array(repeating: 0, count: examples)
    squares = sums
  }

  /// Adds one logarithm of a weight for each example.
  mutating func add(_ logWeights: UnsafeBufferPointer<Float>) {
    count += 1
    for (example, logWeight) in logWeights.enumerated() {
      let value = Double(logWeight)
      if value > greatest[example] {
        let factor = exp(greatest[example] - value)
        sums[example] *= factor
        squares[example] *= factor * factor
        greatest[example] = value
      }
      let weight = exp(value - greatest[example])
      sums[example] += weight
      squares[example] += weight * weight
    }
  }

  /// `log (Σ weights / count)` of each example.
  var logMeans: [Double] {
    greatest.indices.map { greatest[$0] + log(sums[$0] / Double(count)) }
  }

  /// The variance of each of ``logMeans`` to first order: the weights' variance over their squared mean and their count.
  var variances: [Double] {
    sums.indices.map { max(squares[$0] / (sums[$0] * sums[$0]) - 1 / Double(count), 0) }
  }
}
