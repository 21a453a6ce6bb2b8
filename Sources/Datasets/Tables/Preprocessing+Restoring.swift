import Tensors

extension Preprocessing {
  /// Rows of a standardised table in their raw units: `standardised × deviation + mean`, column by column.
  ///
  /// - Parameter rows: `[N, columns]` in model units.
  /// - Returns: the same shape; all as it was where the data is no table, or has other columns.
  public func restored(_ rows: NDArray) -> NDArray {
    guard !columns.isEmpty, rows.shape.rank == 2, rows.shape[1] == columns.count else {
      return rows
    }
    let scalars = rows.scalars.enumerated().map { index, value in
      let column = columns[index % columns.count]
      return Float(Double(value) * column.deviation + column.mean)
    }
    return NDArray(scalars, shape: rows.shape)
  }
}
