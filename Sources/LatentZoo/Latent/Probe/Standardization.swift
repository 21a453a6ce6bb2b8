/// Columns shifted to mean 0 and scaled to variance 1: `(x - mean) / deviation`.
struct Standardization: Hashable, Sendable {
  private let means: [Float]
  private let factors: [Float]

  /// Measures the columns of `rows`, `[N, D]`; one that never changes is only shifted.
  init(of rows: NDArray) {
    let (count, size) = (rows.shape[0], rows.shape[1])
    var sums = [Double](repeating: 0, count: size)
    var squares = sums
    for row in 0..<count {
      for column in 0..<size { sums[column] += Double(rows.scalars[row * size + column]) }
    }
    let means = sums.map { $0 / Double(max(count, 1)) }
    for row in 0..<count {
      for column in 0..<size {
        let difference = Double(rows.scalars[row * size + column]) - means[column]
        squares[column] += difference * difference
      }
    }
    self.means = means.map { Float($0) }
    factors = zip(squares, means).map { square, mean in
      let deviation = (square / Double(max(count, 1))).squareRoot()
      return deviation > 1e-6 * max(abs(mean), 1e-6) ? Float(1 / deviation) : 1
    }
  }

  /// The rows in standard units.
  func applied(to rows: NDArray) -> NDArray {
    var result = rows
    let size = means.count
    result.scalars.withUnsafeMutableBufferPointer { scalars in
      for row in 0..<rows.shape[0] {
        for column in 0..<size {
          let place = row * size + column
          scalars[place] = (scalars[place] - means[column]) * factors[column]
        }
      }
    }
    return result
  }
}
