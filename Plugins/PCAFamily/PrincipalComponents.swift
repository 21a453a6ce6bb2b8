import LatentZoo

/// The directions in which data varies most, from its covariance, or from the products of its examples where those are
/// fewer than their elements.
struct PrincipalComponents {
  /// The mean of each element, `[D]`.
  let mean: [Double]
  /// Orthonormal directions, the one of greatest variance first, `[count, D]`.
  let directions: Matrix
  /// The variance along each, with `N - 1` degrees of freedom.
  let variances: [Double]
  /// The variance of all elements together.
  let totalVariance: Double

  /// Directions whose variance is below this share of the greatest are lost in float32's rounding.
  private static let leastShare = 1e-6

  /// Finds components.
  ///
  /// - Throws: ``ModelError/dataDoesNotFit(family:reason:)`` where the data varies in fewer directions, `DatasetError` or a
  ///   `TensorError`.
  init(of data: TrainingData, count: Int, on engine: Engine) throws {
    let size = data.dataset.shape.featureCount
    let degrees = Double(data.count - 1)
    guard count < data.count else { throw Self.tooFew(data, directions: data.count - 1) }
    guard min(size, data.count) <= SampleMoments.mostElements else {
      throw PrincipalComponentAnalysis.unfit(
        "it has \(data.count) examples of \(size) elements; one of both is at most "
          + "\(SampleMoments.mostElements), use smaller images or fewer examples")
    }
    let found: SymmetricEigendecomposition
    if size <= data.count {
      let moments = try SampleMoments(of: data, on: engine)
      found = try SymmetricEigendecomposition(of: moments.covariance, greatest: count)
      mean = moments.mean
      variances = found.values.map { $0 * Double(data.count) / degrees }
      totalVariance =
        moments.covariance.diagonal.reduce(0, +) * Double(data.count) / degrees
      directions = found.vectors
    } else {
      mean = try SampleMoments.mean(of: data)
      let centred = try Self.centred(data, mean)
      let x = Tensor(centred)
      let products = Matrix(
        try Tensor.product(x, x, transposingSecond: true).evaluated(on: engine))
      found = try SymmetricEigendecomposition(of: products, greatest: count)
      variances = found.values.map { $0 / degrees }
      totalVariance = products.diagonal.reduce(0, +) / degrees
      // Xᵀ u has the length √λ.
      let scaled = found.vectors.scalingRows(
        by: found.values.map { 1 / max($0, 1e-30).squareRoot() })
      directions = Matrix(
        try Tensor.product(Tensor(scaled.array), x).evaluated(on: engine))
    }
    let lost = variances.firstIndex { $0 <= least(besides: variances[0]) }
    if let lost { throw Self.tooFew(data, directions: lost) }
  }

  /// The variance that rounding alone gives: a share of the greatest, and of the squared distance from the origin.
  private func least(besides greatest: Double) -> Double {
    max(greatest * Self.leastShare, mean.reduce(0) { $0 + $1 * $1 } * 1e-14)
  }

  /// The examples without their mean, `[N, D]`.
  private static func centred(_ data: TrainingData, _ mean: [Double]) throws -> NDArray {
    var scalars: [Float] = []
    scalars.reserveCapacity(data.count * mean.count)
    try data.forEachBlock(of: 500) { block in
      for (place, value) in block.scalars.enumerated() {
        scalars.append(Float(Double(value) - mean[place % mean.count]))
      }
    }
    return NDArray(scalars, shape: [data.count, mean.count])
  }

  private static func tooFew(_ data: TrainingData, directions: Int) -> ModelError {
    PrincipalComponentAnalysis.unfit(
      "its \(data.count) examples vary in \(max(directions, 0)) directions; "
        + (directions > 0
          ? "use --set latentSize=\(directions) or less" : "give it examples that differ"))
  }
}
