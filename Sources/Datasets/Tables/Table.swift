/// A table of numbers with, perhaps, one column of class names: a `.csv` file.
struct Table {
  /// The file, for messages.
  let path: String
  /// Names of the columns of numbers: those of the header, otherwise their places from 1.
  let columns: [String]
  /// The numbers row by row, `[rows, columns]`, in the units of the file.
  let values: [Double]
  /// Number of rows.
  let rowCount: Int
  /// The name of the class of each row, `nil` where no column gives them.
  let classes: [String]?
  /// The name of the column of classes.
  let labelColumn: String?

  /// Reads a whole file.
  ///
  /// The first line is a header where none of its fields is a number.
  ///
  /// - Parameters:
  ///   - label: name or place of the column of classes; where it is `nil`, the only column whose first
  ///     field is a word.
  ///   - isLabelRequired: whether there has to be such a column.
  /// - Throws: ``DatasetError/raggedRow(path:line:expected:found:)``,
  ///   ``DatasetError/missingValue(path:line:column:)``,
  ///   ``DatasetError/notANumber(path:line:column:text:)``,
  ///   ``DatasetError/unknownColumn(path:column:known:)``,
  ///   ``DatasetError/severalTextColumns(path:columns:)`` and ``DatasetError/noExamples(path:)``.
  init(path: String, label: String? = nil, isLabelRequired: Bool = true) throws(DatasetError) {
    var reader = try CSVReader(path: path)
    guard var record = try reader.next() else { throw .noExamples(path: path) }
    let isHeader = record.fields.allSatisfy { Double($0) == nil }
    let names = isHeader ? record.fields : record.fields.indices.map { String($0 + 1) }
    if isHeader {
      guard let first = try reader.next() else { throw .noExamples(path: path) }
      record = first
    }
    let labelIndex = try Self.labelIndex(
      label, isRequired: isLabelRequired, names: names, firstRow: record.fields, path: path)
    guard names.count > (labelIndex == nil ? 0 : 1) else { throw .noNumbers(path: path) }
    var values: [Double] = []
    var classes: [String] = []
    var rowCount = 0
    var current: CSVReader.Record? = record
    while let row = current {
      guard row.fields.count == names.count else {
        throw .raggedRow(
          path: path, line: row.line, expected: names.count, found: row.fields.count)
      }
      for (index, field) in row.fields.enumerated() {
        if index == labelIndex {
          classes.append(field)
        } else {
          values.append(try Self.number(field, line: row.line, column: index + 1, path: path))
        }
      }
      rowCount += 1
      current = try reader.next()
    }
    self.path = path
    self.columns = names.indices.filter { $0 != labelIndex }.map { names[$0] }
    self.values = values
    self.rowCount = rowCount
    self.classes = labelIndex == nil ? nil : classes
    self.labelColumn = labelIndex.map { names[$0] }
  }

  private static func labelIndex(
    _ label: String?, isRequired: Bool, names: [String], firstRow: [String], path: String
  ) throws(DatasetError) -> Int? {
    guard let label else {
      let words = firstRow.indices.filter { index in
        names.indices.contains(index) && !firstRow[index].isEmpty && Double(firstRow[index]) == nil
          && !missing.contains(firstRow[index].lowercased())
      }
      guard words.count < 2 else {
        throw .severalTextColumns(path: path, columns: words.map { names[$0] })
      }
      return words.first
    }
    if let index = names.firstIndex(of: label) { return index }
    if let place = Int(label), names.indices.contains(place - 1) { return place - 1 }
    guard isRequired else { return nil }
    throw .unknownColumn(path: path, column: label, known: names)
  }

  /// How tables write that they do not know a value, in lower case.
  private static let missing: Set<String> = ["", "na", "n/a", "nan", "null", "none", "?", "-"]

  private static func number(
    _ field: String, line: Int, column: Int, path: String
  ) throws(DatasetError) -> Double {
    if let value = Double(field), value.isFinite, Float(value).isFinite { return value }
    guard !missing.contains(field.lowercased()) else {
      throw .missingValue(path: path, line: line, column: column)
    }
    throw .notANumber(path: path, line: line, column: column, text: String(field.prefix(40)))
  }
}
