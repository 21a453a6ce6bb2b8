/// An affine map fitted by least squares: `y ≈ x · weights + bias`.
struct LeastSquares {
  /// `[D + 1, E]`, the bias last.
  private let coefficients: [Double]
  private let sizes: (input: Int, output: Int)

  /// Fits a map, with a penalty far too small to be felt where the inputs determine it.
  ///
  /// - Parameters:
  ///   - inputs: `[N, D]`, at least one row.
  ///   - outputs: `[N, E]`.
  init(from inputs: NDArray, to outputs: NDArray) {
    let (rows, inner, outer) = (inputs.shape[0], inputs.shape[1] + 1, outputs.shape[1])
    var gram = [Double](repeating: 0, count: inner * inner)
    var right = [Double](repeating: 0, count: inner * outer)
    for row in 0..<rows {
      let x = inputs.scalars[row * (inner - 1)..<(row + 1) * (inner - 1)].map { Double($0) } + [1]
      let y = outputs.scalars[row * outer..<(row + 1) * outer].map { Double($0) }
      Self.addProducts(x, x, to: &gram)
      Self.addProducts(x, y, to: &right)
    }
    let trace = (0..<inner).reduce(0) { $0 + gram[$1 * inner + $1] }
    for index in 0..<inner { gram[index * inner + index] += 1e-9 * trace / Double(inner) }
    coefficients = Self.solved(gram, right, inner, outer)
    sizes = (inner - 1, outer)
  }

  /// The map of rows `[N, D]`, `[N, E]`.
  func callAsFunction(_ inputs: NDArray) -> NDArray {
    let (input, output) = sizes
    var result = NDArray(repeating: 0, shape: [inputs.shape[0], output])
    for row in 0..<inputs.shape[0] {
      var sums = Array(coefficients[(input * output)...])
      for column in 0..<input {
        let x = Double(inputs.scalars[row * input + column])
        for place in 0..<output { sums[place] += x * coefficients[column * output + place] }
      }
      for place in 0..<output { result.scalars[row * output + place] = Float(sums[place]) }
    }
    return result
  }

  /// Adds the outer product of two vectors to a matrix.
  private static func addProducts(_ first: [Double], _ second: [Double], to sum: inout [Double]) {
    sum.withUnsafeMutableBufferPointer { sum in
      for row in first.indices {
        let factor = first[row]
        for column in second.indices { sum[row * second.count + column] += factor * second[column] }
      }
    }
  }

  /// The solution of `gram · x = right` by Cholesky factors, for a positive definite matrix.
  private static func solved(
    _ gram: [Double], _ right: [Double], _ size: Int, _ columns: Int
  ) -> [Double] {
    var lower = gram
    for column in 0..<size {
      for k in 0..<column {
        let factor = lower[column * size + k]
        for row in column..<size { lower[row * size + column] -= factor * lower[row * size + k] }
      }
      let root = max(lower[column * size + column], .leastNormalMagnitude).squareRoot()
      for row in column..<size { lower[row * size + column] /= root }
    }
    var x = right
    for row in 0..<size {
      for k in 0..<row { subtract(lower[row * size + k], row: k, from: row, &x, columns) }
      divide(row, by: lower[row * size + row], &x, columns)
    }
    for row in (0..<size).reversed() {
      for k in row + 1..<max(size, row + 1) {
        subtract(lower[k * size + row], row: k, from: row, &x, columns)
      }
      divide(row, by: lower[row * size + row], &x, columns)
    }
    return x
  }

  private static func subtract(
    _ factor: Double, row source: Int, from target: Int, _ x: inout [Double], _ columns: Int
  ) {
    for column in 0..<columns {
      x[target * columns + column] -= factor * x[source * columns + column]
    }
  }

  private static func divide(_ row: Int, by divisor: Double, _ x: inout [Double], _ columns: Int) {
    for column in 0..<columns { x[row * columns + column] /= divisor }
  }
}
