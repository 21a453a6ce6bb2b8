import Foundation
import LatentZoo

/// A normal distribution of few factors, `x = mean + W z + noise`, and the steps of EM towards the covariance of data
/// (Rubin and Thayer 1982, https://doi.org/10.1007/BF02293851).
struct FactorModel {
  /// `W`, one column a factor, `[D, K]`.
  let loadings: Matrix
  /// The variance of each element's noise, `[D]`.
  let noise: [Double]
  private let leastNoise: Double

  private init(loadings: Matrix, noise: [Double], leastNoise: Double) {
    self.loadings = loadings
    self.noise = noise.map { max($0, leastNoise) }
    self.leastNoise = leastNoise
  }

  /// The model whose noise is the same for all elements, in closed form (Tipping and Bishop 1999,
  /// https://doi.org/10.1111/1467-9868.00196), and then what noise each element needs.
  ///
  /// - Parameters:
  ///   - covariance: of the data, `[D, D]`.
  ///   - count: number of factors, fewer than elements.
  ///   - leastNoise: no element's noise has less variance.
  init(closestTo covariance: Matrix, count: Int, leastNoise: Double) throws {
    let found = try SymmetricEigendecomposition(of: covariance, greatest: count)
    let variances = covariance.diagonal
    let rest = variances.reduce(0, +) - found.values.reduce(0, +)
    let common = max(rest / Double(variances.count - count), leastNoise)
    let lengths = found.values.map { max($0 - common, common * 1e-3).squareRoot() }
    let loadings = found.vectors.scalingRows(by: lengths).transposed
    let noise = variances.indices.map { element in
      variances[element]
        - (0..<count).reduce(0) { $0 + loadings[element, $1] * loadings[element, $1] }
    }
    self.init(loadings: loadings, noise: noise, leastNoise: leastNoise)
  }

  /// The mean of `log p(x)` over the data, in nats, and the model after a step of EM.
  func step(towards covariance: Matrix) throws -> (logLikelihood: Double, next: FactorModel) {
    let (size, count) = (loadings.rows, loadings.columns)
    let weighted = loadings.scalingRows(by: noise.map { 1 / $0 })
    let precision = try CholeskyDecomposition(
      of: try Matrix.product(weighted, loadings, transposingFirst: true).addingToDiagonal(1))
    // Codes are β (x - mean); `projection` is βᵀ.
    let projection = try precision.solve(weighted)
    let crossed = try Matrix.product(covariance, projection)

    let constant = Double(size) * log(2 * .pi) + noise.reduce(0) { $0 + log($1) }
    let variances = covariance.diagonal
    let distance =
      zip(variances, noise).reduce(0) { $0 + $1.0 / $1.1 }
      - zip(weighted.values, crossed.values).reduce(0) { $0 + $1.0 * $1.1 }
    let logLikelihood = -0.5 * (constant + precision.logDeterminant + distance)

    var moments = try Matrix.product(projection, crossed, transposingFirst: true)
    let inverse = try precision.solve(Matrix(diagonal: Array(repeating: 1, count: count)))
    for place in moments.values.indices { moments.values[place] += inverse.values[place] }
    let next = try CholeskyDecomposition(of: moments).solve(crossed)
    let nextNoise = (0..<size).map { element in
      variances[element]
        - (0..<count).reduce(0) { $0 + next[element, $1] * crossed[element, $1] }
    }
    return (
      logLikelihood, FactorModel(loadings: next, noise: nextNoise, leastNoise: leastNoise)
    )
  }

  /// The same distribution with its factors turned so that the elements of a code are independent given the data, the
  /// one that varies most first.
  var ordered: FactorModel {
    get throws {
      let weighted = loadings.scalingRows(by: noise.map { 1 / $0 })
      let turn = try SymmetricEigendecomposition(
        of: try Matrix.product(weighted, loadings, transposingFirst: true))
      return FactorModel(
        loadings: try Matrix.product(loadings, turn.vectors, transposingSecond: true), noise: noise,
        leastNoise: leastNoise)
    }
  }
}
