import LatentZoo

/// Examples to use a model on: of a data source, or of a file of numbers or a picture.
struct ExampleInput {
  /// What they are, such as `test part of idx:mnist`.
  let description: String
  /// Number of examples.
  let count: Int
  /// The class of each, where it is known.
  let labels: [Int]?
  private let values: Values

  private enum Values {
    case dataset(Dataset)
    case array(NDArray)
  }

  /// Opens what `--data` names.
  ///
  /// - Throws: `DatasetError`, `DataSelectionError`, `DataFileError`, `ModelError`.
  init(
    _ text: String, _ arguments: DataArguments, part: DataSelection.Part, limit: Int?,
    for model: Model, _ console: Console
  ) throws {
    if Self.isFile(text), !Self.isTable(text, of: model) {
      guard part == .auto else { throw UseError.partOfFile(path: text) }
      let all = try DataFile.readExamples(text, shape: model.dataShape)
      let array = limit.map { all.rows(0..<min($0, all.shape[0])) } ?? all
      if let remark = model.rangeRemark(on: array) { console.note(remark) }
      (description, count, labels) = (text, array.shape[0], nil)
      values = .array(array)
    } else {
      let selection = try DataSelection(
        part, of: try Self.source(text).open(model.dataOptions(arguments.values)),
        limit: limit)
      try model.checkShape(of: selection.dataset)
      (description, count) = (selection.description, selection.dataset.count)
      labels = selection.dataset.labels
      values = .dataset(selection.dataset)
    }
  }

  /// The codes of all examples, `[N, latentSize]`.
  func codes(of model: Model) throws -> NDArray {
    switch values {
    case .dataset(let dataset): try model.encode(dataset)
    case .array(let array): try model.encode(array)
    }
  }

  /// All examples, `[N, ...dataShape]`.
  ///
  /// - Throws: `DatasetError` where they can no longer be read.
  func examples() throws -> NDArray {
    switch values {
    case .dataset(let dataset): try dataset.examples(0..<dataset.count)
    case .array(let array): array
    }
  }

  /// Whether a text names a file rather than a source such as `idx:DIR`.
  private static func isFile(_ text: String) -> Bool {
    DataFile.knows(text) && !DataSource.schemes.contains { text.hasPrefix($0.name + ":") }
  }

  /// Whether a text names a table for a model of tables, which is standardised as its training data was.
  private static func isTable(_ text: String, of model: Model) -> Bool {
    isFile(text) && ArrayFile.isTable(text) && !model.record.preprocessing.columns.isEmpty
  }

  private static func source(_ text: String) throws -> DataSource {
    try DataSource(parsing: isFile(text) ? "csv:" + text : text)
  }

  /// What `--data` takes, for help texts.
  static var usages: String {
    DataSource.usages + ", or a file: "
      + DataFile.knownExtensions.map { "FILE.\($0)" }.joined(separator: ", ")
  }
}
