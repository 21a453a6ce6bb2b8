/// A matrix of which few numbers are not 0, row by row.
public struct SparseRows: Hashable, Sendable {
  /// Numbers in a row.
  public let size: Int
  /// The column of each number that is not 0, ascending within a row.
  public private(set) var columns: [Int32] = []
  /// The numbers.
  public private(set) var values: [Float] = []
  private var starts = [0]

  /// A matrix without rows.
  public init(size: Int) { self.size = size }

  /// Number of rows.
  public var count: Int { starts.count - 1 }

  /// Where the numbers of a row lie in ``columns`` and ``values``.
  public func places(_ row: Int) -> Range<Int> { starts[row]..<starts[row + 1] }

  /// Adds a row.
  ///
  /// - Precondition: the columns ascend and lie below ``size``.
  public mutating func append(_ row: [(column: Int, value: Float)]) {
    precondition(
      zip(row, row.dropFirst()).allSatisfy { $0.column < $1.column }
        && row.last.map { $0.column < size } ?? true && row.first.map { $0.column >= 0 } ?? true,
      "the columns of a sparse row ascend from 0 to below \(size)")
    columns += row.map { Int32($0.column) }
    values += row.map(\.value)
    starts.append(columns.count)
  }

  /// Chosen rows, in the order of their indices.
  public func rows(_ indices: [Int]) -> SparseRows {
    var result = SparseRows(size: size)
    for index in indices {
      result.columns += columns[places(index)]
      result.values += values[places(index)]
      result.starts.append(result.columns.count)
    }
    return result
  }
}
