internal import CLAPACK

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The lower triangle `L` of a symmetric positive definite matrix `A = L · Lᵀ` (LAPACK's `dpotrf`).
public struct CholeskyDecomposition: Hashable, Sendable {
  /// `L`, with 0 above the diagonal, `[n, n]`.
  public let factor: Matrix

  /// Decomposes a matrix, of which the lower triangle is read.
  ///
  /// - Throws: ``TensorError/notPositiveDefinite(size:row:)``.
  /// - Precondition: the matrix is square.
  public init(of matrix: Matrix) throws(TensorError) {
    let size = matrix.rows
    precondition(size == matrix.columns, "\(size)×\(matrix.columns) is not symmetric")
    var factor = matrix
    for row in 0..<size {
      for column in row + 1..<max(size, row + 1) { factor[row, column] = 0 }
    }
    if size > 0 {
      let status = lz_cholesky(try LAPACK.size(size, "dpotrf"), &factor.values)
      guard status <= 0 else {
        throw .notPositiveDefinite(size: size, row: Int(status) - 1)
      }
      try LAPACK.check(status, "dpotrf", size: size)
    }
    // LAPACK lets NaN pass.
    if let row = factor.diagonal.firstIndex(where: { !($0 > 0) || !$0.isFinite }) {
      throw .notPositiveDefinite(size: size, row: row)
    }
    self.factor = factor
  }

  /// `log det A`.
  public var logDeterminant: Double {
    2 * factor.diagonal.reduce(0) { $0 + log($1) }
  }

  /// The solutions of `A · x = b` for each row of `rows`.
  ///
  /// - Parameter rows: `[m, n]`.
  /// - Returns: `[m, n]`, which is `rows · A⁻¹`.
  /// - Throws: ``TensorError/outOfMemory(bytes:largest:)`` for sizes that LAPACK cannot count.
  /// - Precondition: the rows are as long as the matrix.
  public func solve(_ rows: Matrix) throws(TensorError) -> Matrix {
    precondition(
      rows.columns == factor.rows, "rows of \(rows.columns) for a matrix of \(factor.rows)")
    var solutions = rows
    guard rows.rows > 0, rows.columns > 0 else { return solutions }
    try LAPACK.check(
      lz_cholesky_solve(
        try LAPACK.size(factor.rows, "dpotrs"), try LAPACK.size(rows.rows, "dpotrs"),
        factor.values, &solutions.values), "dpotrs", size: factor.rows)
    return solutions
  }
}
