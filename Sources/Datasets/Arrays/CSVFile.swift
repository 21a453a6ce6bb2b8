import Tensors

/// Text files of numbers: a line a row, commas between the fields, an optional header.
enum CSVFile {
  /// Reads a whole file as `[rows, columns]`.
  ///
  /// The first line is a header where none of its fields is a number. Empty lines are passed over;
  /// fields may stand between spaces or double quotes.
  static func read(_ path: String) throws(DatasetError) -> NDArray {
    let bytes = try InputFile.contents(of: path)
    var scalars: [Float] = []
    var columns: Int?
    var rows = 0
    var isFirst = true
    for (number, line) in lines(of: bytes) {
      let fields = String(decoding: line, as: UTF8.self)
        .split(separator: ",", omittingEmptySubsequences: false).map(trimmed)
      if fields.count == 1 && fields[0].isEmpty { continue }
      let expected = columns ?? fields.count
      guard fields.count == expected else {
        throw .raggedRow(path: path, line: number, expected: expected, found: fields.count)
      }
      columns = expected
      defer { isFirst = false }
      if isFirst && fields.allSatisfy({ Float($0) == nil }) { continue }
      for (column, field) in fields.enumerated() {
        guard let value = Float(field) else {
          throw .notANumber(
            path: path, line: number, column: column + 1, text: String(field.prefix(40)))
        }
        scalars.append(value)
      }
      rows += 1
    }
    guard rows > 0, let columns else { throw .noExamples(path: path) }
    return NDArray(scalars, shape: [rows, columns])
  }

  /// The bytes of a file without a header: the first axis becomes lines, all others columns.
  static func encode(_ array: NDArray) -> [UInt8] {
    let columns = max(1, array.shape.dimensions.dropFirst().reduce(1, *))
    var text = ""
    for (index, value) in array.scalars.enumerated() {
      text += "\(value)"
      text += (index + 1).isMultiple(of: columns) ? "\n" : ","
    }
    return Array(text.utf8)
  }

  /// The lines of a file with their numbers from 1, without line ends and byte-order mark.
  private static func lines(of bytes: [UInt8]) -> some Sequence<(number: Int, ArraySlice<UInt8>)> {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let body = bytes.starts(with: mark) ? bytes[3...] : bytes[...]
    return body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated().lazy.map { index, line in
        (index + 1, line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
      }
  }

  private static func trimmed(_ field: Substring) -> Substring {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    var field = field.drop(while: isBlank)
    while let last = field.last, isBlank(last) { field.removeLast() }
    if field.count >= 2, field.first == "\"", field.last == "\"" {
      field = field.dropFirst().dropLast()
    }
    return field
  }
}
