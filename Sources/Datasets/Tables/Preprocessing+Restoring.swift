import Tensors

extension Preprocessing {
  /// Whether numbers are rows of a standardised table with these columns, `[N, columns]`.
  public func isTable(_ rows: NDArray) -> Bool {
    !columns.isEmpty && rows.shape.rank == 2 && rows.shape[1] == columns.count
  }

  /// The first line of a table of these columns; empty where their names would be taken for numbers.
  public var header: [String] {
    columns.contains { Double($0.name) != nil } ? [] : columns.map(\.name)
  }

  /// Rows of a standardised table in their raw units: `standardised × deviation + mean`, column by column.
  ///
  /// - Parameter rows: `[N, columns]` in model units.
  /// - Returns: the same shape; all as it was where the data is no table, or has other columns.
  public func restored(_ rows: NDArray) -> NDArray {
    guard isTable(rows) else { return rows }
    let scalars = rows.scalars.enumerated().map { index, value in
      let column = columns[index % columns.count]
      return Float(Double(value) * column.deviation + column.mean)
    }
    return NDArray(scalars, shape: rows.shape)
  }
}
