/// A table with aligned columns, two spaces apart.
struct TextTable {
  /// Where the text of a column stands.
  enum Alignment {
    case left, right
  }

  /// A column's title and alignment.
  struct Column {
    let title: String
    let alignment: Alignment
    /// The most characters of a line; longer cells are broken between words.
    let limit: Int

    /// A column of words.
    static func text(_ title: String, limit: Int = .max) -> Column {
      Column(title: title, alignment: .left, limit: limit)
    }
    /// A column of numbers.
    static func number(_ title: String) -> Column {
      Column(title: title, alignment: .right, limit: .max)
    }
  }

  private let columns: [Column]
  private let hasTitles: Bool
  private var rows: [[String]] = []

  init(_ columns: [Column], hasTitles: Bool = true) {
    self.columns = columns
    self.hasTitles = hasTitles
  }

  /// Whether there is no row.
  var isEmpty: Bool { rows.isEmpty }

  /// Adds a row; cells that are left out are empty.
  mutating func add(_ cells: [String]) {
    let cells = cells.prefix(columns.count)
    rows.append(cells + Array(repeating: "", count: columns.count - cells.count))
  }

  /// The table, without a newline at its end.
  ///
  /// - Parameter indent: spaces before each line.
  func text(indent: Int = 0) -> String {
    let lines = ((hasTitles ? [columns.map(\.title)] : []) + rows).flatMap(lines)
    let widths = columns.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    let margin = String(repeating: " ", count: indent)
    return lines.map { cells in
      let padded = columns.indices.map { pad(cells[$0], to: widths[$0], columns[$0].alignment) }
      let line = margin + padded.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n")
  }

  /// A row as lines, as many as its longest cell takes.
  private func lines(of cells: [String]) -> [[String]] {
    let broken = zip(cells, columns).map { cell, column in
      cell.count > column.limit ? cell.wrapped(at: column.limit) : [cell]
    }
    return (0..<(broken.map(\.count).max() ?? 0)).map { line in
      broken.map { $0.indices.contains(line) ? $0[line] : "" }
    }
  }

  private func pad(_ text: String, to width: Int, _ alignment: Alignment) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    return alignment == .left ? text + space : space + text
  }
}
