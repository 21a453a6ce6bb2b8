internal import CLAPACK

/// Eigenvalues and eigenvectors of a symmetric matrix, `A = Vᵀ · diag(values) · V` (LAPACK's `dsyevr`).
///
/// The greatest eigenvalue comes first. Of the two directions of each eigenvector the one whose element of
/// greatest magnitude is positive is taken, so that equal matrices give equal vectors.
public struct SymmetricEigendecomposition: Hashable, Sendable {
  /// The eigenvalues in descending order, `[count]`.
  public let values: [Double]
  /// The eigenvectors in the same order, one a row, orthonormal, `[count, n]`.
  public let vectors: Matrix

  /// Decomposes a matrix, of which the lower triangle is read.
  ///
  /// - Parameters:
  ///   - matrix: `[n, n]`
  ///   - count: how many of the greatest eigenvalues are wanted, fewer being quicker; `nil` for all.
  /// - Throws: ``TensorError/lapackRefused(call:status:size:)`` where there is no convergence or an element is not
  ///   finite, ``TensorError/outOfMemory(bytes:largest:)`` where the matrix is too large.
  /// - Precondition: the matrix is square and has as many rows as eigenvalues are wanted.
  public init(of matrix: Matrix, greatest count: Int? = nil) throws(TensorError) {
    let size = matrix.rows
    let wanted = count ?? size
    precondition(size == matrix.columns, "\(size)×\(matrix.columns) is not symmetric")
    precondition((0...size).contains(wanted), "\(wanted) eigenvalues of \(size) rows")
    guard wanted > 0 else {
      (values, vectors) = ([], Matrix([], rows: 0, columns: size))
      return
    }
    // LAPACK may loop for ever on NaN.
    guard matrix.values.allSatisfy(\.isFinite) else {
      throw .lapackRefused(call: Self.call, status: -5, size: size)
    }
    let (values, vectors) = try Self.ascending(matrix.values, size: size, count: wanted)
    self.values = values.reversed()
    self.vectors = Self.descending(vectors, rows: wanted, columns: size)
  }

  private static let call = "dsyevr"

  private static func ascending(
    _ matrix: [Double], size: Int, count: Int
  ) throws(TensorError) -> (values: [Double], vectors: [Double]) {
    let (rows, wanted) = (try LAPACK.size(size, call), try LAPACK.size(count, call))
    var matrix = matrix
    var values = [Double](repeating: 0, count: size)
    var vectors = [Double](repeating: 0, count: size * count)
    var support = [Int32](repeating: 0, count: 2 * size)
    var (workSize, integerWorkSize) = (0.0, Int32(0))
    try LAPACK.check(
      lz_symmetric_eigen(
        rows, wanted, &matrix, &values, &vectors, &support, &workSize, -1, &integerWorkSize, -1),
      call, size: size)
    var work = [Double](repeating: 0, count: Int(workSize))
    var integerWork = [Int32](repeating: 0, count: Int(integerWorkSize))
    try LAPACK.check(
      lz_symmetric_eigen(
        rows, wanted, &matrix, &values, &vectors, &support, &work, Int32(work.count), &integerWork,
        Int32(integerWork.count)), call, size: size)
    return (Array(values.prefix(count)), vectors)
  }

  /// The rows in reverse order, each turned to the direction that is taken.
  private static func descending(_ values: [Double], rows: Int, columns: Int) -> Matrix {
    var result: [Double] = []
    result.reserveCapacity(values.count)
    for row in (0..<rows).reversed() {
      let vector = values[row * columns..<(row + 1) * columns]
      let lowest = vector.min() ?? 0
      let isTurned = -lowest > vector.max() ?? 0
      result += isTurned ? vector.map { -$0 } : Array(vector)
    }
    return Matrix(result, rows: rows, columns: columns)
  }
}
