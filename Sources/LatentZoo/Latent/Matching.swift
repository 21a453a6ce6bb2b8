/// The best one-to-one matching of rows with columns.
enum Matching {
  /// For each row of `gains` its column, `nil` where there are more rows than columns and it goes
  /// without; the sum of the gains is the greatest possible (Hungarian method, Kuhn 1955).
  static func best(for gains: [[Int]]) -> [Int?] {
    let (rows, columns) = (gains.count, gains.first?.count ?? 0)
    let size = max(rows, columns)
    guard size > 0 else { return [] }
    let greatest = gains.joined().max() ?? 0
    // A square of costs, filled up with rows or columns that cost the same everywhere.
    let costs = (0..<size).map { row in
      (0..<size).map { column in
        greatest - (row < rows && column < columns ? gains[row][column] : 0)
      }
    }
    let rowOfColumn = cheapest(costs)
    var columnOfRow = [Int?](repeating: nil, count: rows)
    for column in 0..<columns where rowOfColumn[column] < rows {
      columnOfRow[rowOfColumn[column]] = column
    }
    return columnOfRow
  }

  /// The row of each column in the cheapest matching, by shortest augmenting paths.
  private static func cheapest(_ costs: [[Int]]) -> [Int] {
    let size = costs.count
    // Index 0 stands for "none"; rows and columns count from 1.
    var rowPrices = [Int](repeating: 0, count: size + 1)
    var columnPrices = rowPrices
    var rowOf = rowPrices
    for row in 1...size {
      var previous = [Int](repeating: 0, count: size + 1)
      var slack = [Int](repeating: Int.max, count: size + 1)
      var isDone = [Bool](repeating: false, count: size + 1)
      rowOf[0] = row
      var column = 0
      repeat {
        isDone[column] = true
        var (delta, next) = (Int.max, 0)
        for other in 1...size where !isDone[other] {
          let cost =
            costs[rowOf[column] - 1][other - 1] - rowPrices[rowOf[column]] - columnPrices[other]
          if cost < slack[other] { (slack[other], previous[other]) = (cost, column) }
          if slack[other] < delta { (delta, next) = (slack[other], other) }
        }
        for other in 0...size {
          if isDone[other] {
            rowPrices[rowOf[other]] += delta
            columnPrices[other] -= delta
          } else if slack[other] < Int.max {
            slack[other] -= delta
          }
        }
        column = next
      } while rowOf[column] != 0
      while column != 0 {
        rowOf[column] = rowOf[previous[column]]
        column = previous[column]
      }
    }
    return rowOf.dropFirst().map { $0 - 1 }
  }
}
