import Foundation

/// Opens tables of numbers as examples, each column standardised.
struct TableReader {
  let path: String
  let options: DataOptions

  /// Reads the table and, where one is named, that of the test part.
  ///
  /// - Throws: ``DatasetError``, naming file, line and column.
  func open() throws(DatasetError) -> DataParts {
    let train = try table(at: path)
    let test = try options.values["test"].map { path throws(DatasetError) in
      try table(at: (path as NSString).expandingTildeInPath)
    }
    if let test, test.columns != train.columns {
      throw .columnsDiffer(path: test.path, expected: train.columns, found: test.columns)
    }
    let columns = try columns(of: train)
    let names = ClassNames(
      of: (train.classes ?? []) + (test?.classes ?? []),
      known: options.preprocessing?.labelNames ?? [])
    return DataParts(
      train: try dataset(of: train, columns, names),
      test: try test.map { table throws(DatasetError) in try dataset(of: table, columns, names) })
  }

  private func table(at path: String) throws(DatasetError) -> Table {
    // A model that was trained with labels can be used on a table that has none.
    try Table(
      path: path, label: options["label"], isLabelRequired: options.values["label"] != nil)
  }

  /// How the columns are standardised: as for the model that the data is meant for, otherwise by mean and
  /// deviation of the training part; empty where they are not.
  private func columns(of table: Table) throws(DatasetError) -> [Preprocessing.Column] {
    if let known = options.preprocessing?.columns {
      guard known.isEmpty || known.map(\.name) == table.columns else {
        throw .columnsDiffer(
          path: table.path, expected: known.map(\.name), found: table.columns)
      }
      return known
    }
    guard try options.flag(named: "standardise") ?? true else { return [] }
    return table.columns.indices.map { Self.column($0, of: table) }
  }

  /// Mean and deviation of a column; a column that never changes is only shifted to 0.
  private static func column(_ index: Int, of table: Table) -> Preprocessing.Column {
    let values = stride(from: index, to: table.values.count, by: table.columns.count)
      .map { table.values[$0] }
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    let isConstant = values.allSatisfy { $0 == values[0] }
    return Preprocessing.Column(
      name: table.columns[index], mean: isConstant ? values[0] : mean,
      deviation: isConstant || variance == 0 ? 1 : variance.squareRoot())
  }

  private func dataset(
    of table: Table, _ columns: [Preprocessing.Column], _ names: ClassNames
  ) throws(DatasetError) -> Dataset {
    let width = table.columns.count
    let floats = table.values.enumerated().map { index, value in
      columns.isEmpty
        ? Float(value)
        : Float((value - columns[index % width].mean) / columns[index % width].deviation)
    }
    if let place = floats.withUnsafeBufferPointer({ firstNonFinite(in: $0) }) {
      throw .notFinite(path: table.path, example: place / width)
    }
    let file = URL(fileURLWithPath: path)
    var traits = DatasetTraits()
    traits.columns = columns
    traits.options["label"] = table.labelColumn
    traits.options["standardise"] = columns.isEmpty ? "no" : "yes"
    return Dataset(
      name: file.deletingPathExtension().lastPathComponent, shape: DataShape([width]),
      floats: floats, labels: table.classes.map { $0.map(names.label) },
      labelNames: table.classes == nil ? [] : names.names, traits: traits,
      origin: DataOrigin(source: "csv:\(file.lastPathComponent)"))
  }
}
