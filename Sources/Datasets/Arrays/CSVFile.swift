import Tensors

/// Text files of numbers: a line a row, commas between the fields, an optional header.
enum CSVFile {
  /// Reads a whole file as `[rows, columns]`.
  ///
  /// The first line is a header where none of its fields is a number. Empty lines are passed over;
  /// fields may stand between spaces or double quotes.
  static func read(_ path: String) throws(DatasetError) -> NDArray {
    var reader = try CSVReader(path: path)
    var scalars: [Float] = []
    var columns: Int?
    var rows = 0
    var isFirst = true
    while let record = try reader.next() {
      let fields = record.fields
      let expected = columns ?? fields.count
      guard fields.count == expected else {
        throw .raggedRow(
          path: path, line: record.line, expected: expected, found: fields.count)
      }
      columns = expected
      defer { isFirst = false }
      if isFirst && fields.allSatisfy({ Float($0) == nil }) { continue }
      for (column, field) in fields.enumerated() {
        guard let value = Float(field) else {
          throw .notANumber(
            path: path, line: record.line, column: column + 1, text: String(field.prefix(40)))
        }
        scalars.append(value)
      }
      rows += 1
    }
    guard rows > 0, let columns else { throw .noExamples(path: path) }
    return NDArray(scalars, shape: [rows, columns])
  }

  /// The bytes of a file: the first axis becomes lines, all others columns.
  ///
  /// - Parameter header: names of the columns for the first line; empty for none.
  static func encode(_ array: NDArray, header: [String] = []) -> [UInt8] {
    let columns = max(1, array.shape.dimensions.dropFirst().reduce(1, *))
    var text = header.isEmpty ? "" : header.map(quoted).joined(separator: ",") + "\n"
    for (index, value) in array.scalars.enumerated() {
      text += "\(value)"
      text += (index + 1).isMultiple(of: columns) ? "\n" : ","
    }
    return Array(text.utf8)
  }

  private static let special = Array(",\"\r\n".utf8)

  /// A field in quotes where it could be misread without them.
  private static func quoted(_ field: String) -> String {
    // Not characters: CR and LF together are one.
    let isPlain = !field.utf8.contains { Self.special.contains($0) }
    return isPlain && field.first != " " && field.last != " "
      ? field : "\"" + field.replacing("\"", with: "\"\"") + "\""
  }
}
