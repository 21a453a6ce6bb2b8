/// Means and deviations of the columns of a matrix `[N, D]`.
extension NDArray {
  /// The rows less their mean.
  func centred() -> NDArray { standardized { _ in 1 } }

  /// Each column with mean 0 and standard deviation 1; columns that do not vary become 0.
  func standardized() -> NDArray { standardized { $0 > 0 ? 1 / $0.squareRoot() : 0 } }

  /// The rows less their mean, each column times a factor.
  ///
  /// - Parameter factor: from a column's variance.
  private func standardized(_ factor: (_ variance: Double) -> Double) -> NDArray {
    let (count, size) = (shape[0], shape[1])
    var result = self
    for column in 0..<size {
      let places = stride(from: column, to: count * size, by: size)
      let mean = places.reduce(0) { $0 + Double(scalars[$1]) } / Double(count)
      let variance =
        places.reduce(0) { $0 + (Double(scalars[$1]) - mean) * (Double(scalars[$1]) - mean) }
        / Double(count)
      let factor = factor(variance)
      for place in places {
        result.scalars[place] = Float((Double(scalars[place]) - mean) * factor)
      }
    }
    return result
  }
}
