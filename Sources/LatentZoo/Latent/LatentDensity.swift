/// A normal distribution fitted on codes, so that any family can sample.
///
/// Codes of up to ``largestFullSize`` elements get a full covariance, longer ones independent
/// variances.
public struct LatentDensity: Hashable, Sendable {
  /// `[latentSize]`
  public let mean: [Double]
  /// The lower triangle `L` with `covariance = L · Lᵀ`, `[latentSize, latentSize]` row-major; or standard
  /// deviations, `[latentSize]`.
  public let factor: [Double]

  /// The longest code that gets a full covariance.
  public static let largestFullSize = 512

  /// Number of elements of a code.
  public var latentSize: Int { mean.count }

  /// Restores a density; `nil` where the counts do not fit.
  public init?(mean: [Double], factor: [Double]) {
    guard factor.count == mean.count || factor.count == mean.count * mean.count else { return nil }
    self.mean = mean
    self.factor = factor
  }

  /// Fits a density.
  ///
  /// - Parameter codes: `[N, latentSize]`, `N` at least 1.
  /// - Throws: a ``TensorError``.
  public init(fitting codes: NDArray, on engine: Engine = .shared) throws {
    let (count, size) = (codes.shape[0], codes.shape[1])
    var mean = [Double](repeating: 0, count: size)
    for row in 0..<count {
      for column in 0..<size { mean[column] += Double(codes.scalars[row * size + column]) }
    }
    mean = mean.map { $0 / Double(count) }
    var centred = codes
    for row in 0..<count {
      for column in 0..<size {
        centred.scalars[row * size + column] -= Float(mean[column])
      }
    }
    self.mean = mean
    if size <= Self.largestFullSize {
      let x = Tensor(centred)
      let scatter = try Tensor.product(x, x, transposingFirst: true).evaluated(on: engine)
      factor = Self.cholesky(
        scatter.scalars.map { Double($0) / Double(max(count - 1, 1)) }, size: size)
    } else {
      let squares = try Tensor(centred).squared().sum(axes: 0..<1).evaluated(on: engine)
      factor = squares.scalars.map { (Double($0) / Double(max(count - 1, 1))).squareRoot() }
    }
  }

  /// The lower triangle of a covariance; directions without variance stay without.
  private static func cholesky(_ covariance: [Double], size: Int) -> [Double] {
    var lower = [Double](repeating: 0, count: size * size)
    let largest = (0..<size).map { covariance[$0 * size + $0] }.max() ?? 0
    for column in 0..<size {
      var pivot = covariance[column * size + column]
      for k in 0..<column { pivot -= lower[column * size + k] * lower[column * size + k] }
      guard pivot > largest * 1e-10 else { continue }
      let root = pivot.squareRoot()
      lower[column * size + column] = root
      for row in (column + 1)..<max(size, column + 1) {
        var sum = covariance[row * size + column]
        for k in 0..<column { sum -= lower[row * size + k] * lower[column * size + k] }
        lower[row * size + column] = sum / root
      }
    }
    return lower
  }

  /// Draws codes.
  ///
  /// - Returns: `[count, latentSize]`.
  public func sample(_ count: Int, using random: inout RandomSource) -> NDArray {
    let size = latentSize
    var codes = NDArray(repeating: 0, shape: [count, size])
    let isFull = factor.count == size * size
    for row in 0..<count {
      let noise = (0..<size).map { _ in random.normal() }
      for i in 0..<size {
        var value = mean[i]
        if isFull {
          for k in 0...i { value += factor[i * size + k] * noise[k] }
        } else {
          value += factor[i] * noise[i]
        }
        codes.scalars[row * size + i] = Float(value)
      }
    }
    return codes
  }
}
