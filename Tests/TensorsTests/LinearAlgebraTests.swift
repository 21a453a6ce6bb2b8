import Foundation
import Tensors
import Testing

@Suite struct LinearAlgebraTests {
  /// Numbers in `-1...1`.
  private static func random(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
    var random = RandomSource(seed: seed)
    return Matrix(
      (0..<rows * columns).map { _ in Double(2 * random.uniform() - 1) }, rows: rows,
      columns: columns)
  }

  private func expectClose(
    _ a: Matrix, _ b: Matrix, tolerance: Double = 1e-12,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(a.rows == b.rows && a.columns == b.columns, sourceLocation: sourceLocation)
    let distance = zip(a.values, b.values).map { abs($0 - $1) }.max() ?? 0
    #expect(distance <= tolerance, sourceLocation: sourceLocation)
  }

  @Test(
    "A product is that of a plain loop, transposed or not",
    arguments: [(2, 3, 4), (1, 1, 1), (5, 1, 2), (3, 0, 2), (0, 3, 2)])
  func product(_ rows: Int, _ inner: Int, _ columns: Int) throws {
    let (a, b) = (Self.random(rows, inner, seed: 1), Self.random(inner, columns, seed: 2))
    var expected = Matrix(repeating: 0, rows: rows, columns: columns)
    for i in 0..<rows {
      for j in 0..<columns {
        for k in 0..<inner { expected[i, j] += a[i, k] * b[k, j] }
      }
    }
    expectClose(try .product(a, b), expected)
    expectClose(try .product(a.transposed, b, transposingFirst: true), expected)
    expectClose(try .product(a, b.transposed, transposingSecond: true), expected)
    expectClose(
      try .product(a.transposed, b.transposed, transposingFirst: true, transposingSecond: true),
      expected)
  }

  @Test("Eigenvalues and eigenvectors of a known matrix, the greatest first")
  func known() throws {
    let found = try SymmetricEigendecomposition(
      of: Matrix([2, 1, 0, 1, 2, 0, 0, 0, -5], rows: 3, columns: 3))
    let half = 0.5.squareRoot()
    expectClose(
      Matrix(found.values, rows: 1, columns: 3), Matrix([3, 1, -5], rows: 1, columns: 3))
    expectClose(found.vectors.rows(0..<1), Matrix([half, half, 0], rows: 1, columns: 3))
    expectClose(found.vectors.rows(2..<3), Matrix([0, 0, 1], rows: 1, columns: 3))
  }

  @Test("Eigenvectors are orthonormal and rebuild the matrix", arguments: [1, 2, 7, 40, 100])
  func rebuilt(_ size: Int) throws {
    let factor = Self.random(size, size, seed: 3)
    let matrix = try Matrix.product(factor, factor, transposingSecond: true)
    let found = try SymmetricEigendecomposition(of: matrix)
    #expect(found.values == found.values.sorted(by: >))
    let vectors = found.vectors
    expectClose(
      try .product(vectors, vectors, transposingSecond: true),
      Matrix(diagonal: Array(repeating: 1, count: size)))
    expectClose(
      try .product(vectors, vectors.scalingRows(by: found.values), transposingFirst: true), matrix,
      tolerance: 1e-11)
  }

  @Test("Of both directions of an eigenvector the one with a positive greatest element is given")
  func signs() throws {
    let factor = Self.random(9, 9, seed: 4)
    let matrix = try Matrix.product(factor, factor, transposingSecond: true)
    let vectors = try SymmetricEigendecomposition(of: matrix).vectors
    for row in 0..<9 {
      let values = vectors.rows(row..<row + 1).values
      #expect(values.max() ?? 0 >= -(values.min() ?? 0))
    }
  }

  @Test("The greatest eigenvalues alone are those of the whole decomposition")
  func greatest() throws {
    let factor = Self.random(30, 8, seed: 7)
    let matrix = try Matrix.product(factor, factor, transposingSecond: true)
    let whole = try SymmetricEigendecomposition(of: matrix)
    for count in [0, 1, 5, 8] {
      let found = try SymmetricEigendecomposition(of: matrix, greatest: count)
      #expect(found.values.count == count && found.vectors.rows == count)
      expectClose(
        Matrix(found.values, rows: 1, columns: count),
        Matrix(Array(whole.values.prefix(count)), rows: 1, columns: count), tolerance: 1e-11)
      expectClose(found.vectors, whole.vectors.rows(0..<count), tolerance: 1e-8)
    }
  }

  @Test("A matrix without rows has no eigenvalues")
  func empty() throws {
    let found = try SymmetricEigendecomposition(of: Matrix([], rows: 0, columns: 0))
    #expect(found.values.isEmpty && found.vectors.rows == 0)
  }

  @Test(
    "Numbers that are not finite are refused, not decomposed", arguments: [Double.nan, .infinity])
  func notFinite(_ value: Double) throws {
    let matrix = Matrix([1, value, value, 1], rows: 2, columns: 2)
    let error = try #require(throws: TensorError.self) {
      try SymmetricEigendecomposition(of: matrix)
    }
    #expect(
      error.description
        == "LAPACK's dsyevr gave up on a matrix of 2 rows with status -5; "
        + "check the data for numbers that are huge or not finite")
    #expect(throws: TensorError.self) { try CholeskyDecomposition(of: matrix) }
  }

  @Test("A Cholesky factor is a lower triangle that rebuilds the matrix, and solves")
  func cholesky() throws {
    let factor = Self.random(12, 12, seed: 5)
    let matrix = try Matrix.product(factor, factor, transposingSecond: true)
    let found = try CholeskyDecomposition(of: matrix)
    expectClose(try .product(found.factor, found.factor, transposingSecond: true), matrix)
    #expect((0..<12).allSatisfy { row in (row + 1..<12).allSatisfy { found.factor[row, $0] == 0 } })
    let solutions = Self.random(3, 12, seed: 6)
    let sides = try Matrix.product(solutions, matrix)
    expectClose(try found.solve(sides), solutions, tolerance: 1e-8)
    let values = try SymmetricEigendecomposition(of: matrix).values
    #expect(abs(found.logDeterminant - values.reduce(0) { $0 + log($1) }) < 1e-8)
  }

  @Test("A matrix that is no covariance is refused with the row where it fails")
  func notPositiveDefinite() throws {
    let matrix = Matrix([1, 2, 2, 4], rows: 2, columns: 2)
    let error = try #require(throws: TensorError.self) { try CholeskyDecomposition(of: matrix) }
    #expect(error == .notPositiveDefinite(size: 2, row: 1))
    #expect(
      error.description
        == "a covariance of 2 elements is not positive definite at element 1; "
        + "leave out elements that are constant or repeat others, or use a smaller code")
  }
}
