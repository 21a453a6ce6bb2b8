internal import CLAPACK

/// A matrix in `Double`, row-major: what closed forms compute with.
///
/// Training works on ``Tensor``s in float32; decompositions and sums over whole data sets need more digits.
public struct Matrix: Hashable, Sendable {
  /// Number of rows.
  public let rows: Int
  /// Number of columns.
  public let columns: Int
  /// The elements, row by row.
  public var values: [Double]

  /// Makes a matrix from its elements, row by row.
  ///
  /// - Precondition: `values.count == rows · columns`.
  public init(_ values: [Double], rows: Int, columns: Int) {
    precondition(
      rows >= 0 && columns >= 0 && values.count == rows * columns,
      "\(values.count) values do not fill \(rows) rows of \(columns)")
    (self.rows, self.columns, self.values) = (rows, columns, values)
  }

  /// Makes a matrix filled with one number.
  public init(repeating value: Double, rows: Int, columns: Int) {
    self.init(Array(repeating: value, count: rows * columns), rows: rows, columns: columns)
  }

  /// The numbers of an array of two axes.
  ///
  /// - Precondition: the array has two axes.
  public init(_ array: NDArray) {
    precondition(array.shape.rank == 2, "an array of shape \(array.shape) is no matrix")
    self.init(array.scalars.map(Double.init), rows: array.shape[0], columns: array.shape[1])
  }

  /// The square matrix with these numbers on its diagonal and 0 elsewhere.
  public init(diagonal: [Double]) {
    self.init(repeating: 0, rows: diagonal.count, columns: diagonal.count)
    for (place, value) in diagonal.enumerated() { self[place, place] = value }
  }

  /// One element.
  public subscript(row: Int, column: Int) -> Double {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  /// The numbers at equal row and column.
  public var diagonal: [Double] { (0..<min(rows, columns)).map { self[$0, $0] } }

  /// Rows for columns.
  public var transposed: Matrix {
    var result = Matrix(repeating: 0, rows: columns, columns: rows)
    for row in 0..<rows {
      for column in 0..<columns { result[column, row] = self[row, column] }
    }
    return result
  }

  /// The rows of a range.
  public func rows(_ range: Range<Int>) -> Matrix {
    Matrix(
      Array(values[range.lowerBound * columns..<range.upperBound * columns]), rows: range.count,
      columns: columns)
  }

  /// Each row multiplied by a number of its own.
  ///
  /// - Precondition: there is a factor for each row.
  public func scalingRows(by factors: [Double]) -> Matrix {
    precondition(factors.count == rows, "\(factors.count) factors for \(rows) rows")
    var result = self
    for row in 0..<rows {
      for place in row * columns..<(row + 1) * columns { result.values[place] *= factors[row] }
    }
    return result
  }

  /// The matrix with a number added to each element of its diagonal.
  public func addingToDiagonal(_ value: Double) -> Matrix {
    var result = self
    for place in 0..<min(rows, columns) { result[place, place] += value }
    return result
  }

  /// The elements in float32, `[rows, columns]`.
  public var array: NDArray { NDArray(values.map { Float($0) }, shape: [rows, columns]) }
}

extension Matrix {
  /// The matrix product `op(A) · op(B)`, where either may be taken transposed.
  ///
  /// - Throws: ``TensorError/outOfMemory(bytes:largest:)`` for sizes that BLAS cannot count.
  /// - Precondition: the inner sizes agree.
  public static func product(
    _ a: Matrix, _ b: Matrix, transposingFirst: Bool = false, transposingSecond: Bool = false
  ) throws(TensorError) -> Matrix {
    let (rows, inner) = transposingFirst ? (a.columns, a.rows) : (a.rows, a.columns)
    let (otherInner, columns) = transposingSecond ? (b.columns, b.rows) : (b.rows, b.columns)
    precondition(
      inner == otherInner,
      "a product of \(a.rows)×\(a.columns) and \(b.rows)×\(b.columns): the inner sizes differ")
    var result = Matrix(repeating: 0, rows: rows, columns: columns)
    guard rows > 0, columns > 0, inner > 0 else { return result }
    lz_product(
      try LAPACK.size(rows, "dgemm"), try LAPACK.size(columns, "dgemm"),
      try LAPACK.size(inner, "dgemm"), a.values, transposingFirst ? 1 : 0, b.values,
      transposingSecond ? 1 : 0, &result.values)
    return result
  }
}
