extension DatasetError {
  /// The sentence about a table, `nil` for all other errors.
  var tableDescription: String? {
    switch self {
    case .openQuote(let path, let line):
      return
        "the quote that opens in line \(line) of '\(path)' is never closed: close it, and write a "
        + "quote inside a field twice"
    case .textAfterQuote(let path, let line):
      return "a quoted field in line \(line) of '\(path)' goes on after its closing quote: write a "
        + "quote inside a field twice"
    case .missingValue(let path, let line, let column):
      return
        "a value is missing in line \(line), column \(column) of '\(path)': fill it in, or remove "
        + "the row"
    case .unknownColumn(let path, let column, let known):
      return "'\(path)' has no column '\(column)': there are \(Self.shortList(known))"
    case .severalTextColumns(let path, let columns):
      return
        "the columns \(columns.joined(separator: " and ")) of '\(path)' hold words: keep one, which "
        + "gives the labels, and write the others as numbers"
    case .noNumbers(let path):
      return "'\(path)' has a column of labels and no other: give at least one column of numbers"
    case .columnsDiffer(let path, let expected, let found):
      return
        "'\(path)' has the columns \(Self.shortList(found)) where \(Self.shortList(expected)) are "
        + "needed: give the same columns in the same order"
    default: return nil
    }
  }
}
