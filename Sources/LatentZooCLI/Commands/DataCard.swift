import LatentZoo

/// What `latentzoo data info` reports.
struct DataCard: Encodable {
  /// The training or the test part.
  struct Part: Encodable {
    let name: String
    let count: Int
    let sha256: String
    let lowest: Float
    let highest: Float
    /// Number of examples of each class, in the order of the label names; empty without labels.
    let labelCounts: [Int]
    /// Number of examples whose class is not known.
    let unlabelledCount: Int

    init(_ name: String, _ data: Dataset) {
      self.name = name
      count = data.count
      sha256 = data.provenance.sha256
      (lowest, highest) = (data.valueRange.lowerBound, data.valueRange.upperBound)
      var counts = data.labels == nil ? [] : data.labelNames.map { _ in 0 }
      for label in data.labels ?? [] where counts.indices.contains(label) { counts[label] += 1 }
      labelCounts = counts
      unlabelledCount = data.count - counts.reduce(0, +)
    }
  }

  let source: String
  let shape: DataShape
  let divisor: Double
  let vocabularySize: Int
  let labelNames: [String]
  let columns: [Preprocessing.Column]
  let factorNames: [String]
  /// What the reader was told, or found.
  let options: [String: String]
  let licence: String?
  let citation: String?
  let url: String?
  let parts: [Part]

  init(_ data: DataParts) {
    let train = data.train
    source = train.provenance.source
    shape = train.shape
    divisor = train.preprocessing.divisor
    vocabularySize = train.signature.vocabularySize
    labelNames = train.labelNames
    columns = train.preprocessing.columns
    factorNames = train.factorNames
    options = train.preprocessing.options
    licence = train.provenance.licence
    citation = train.provenance.citation
    url = train.provenance.url
    parts = [Part("train", train)] + (data.test.map { [Part("test", $0)] } ?? [])
  }

  /// Facts, parts, classes and columns.
  var text: String {
    [facts, partTable, classTable, columnTable].filter { !$0.isEmpty }.map { $0.text() }
      .joined(separator: "\n\n")
  }

  private var facts: TextTable {
    var table = TextTable([.text(""), .text("")], hasTitles: false)
    table.add(["Source", source])
    let division =
      divisor == 1 ? "" : ", raw values divided by \(NumberText.setting(divisor))"
    table.add(["Shape", "\(shape)\(division)"])
    if vocabularySize > 0 {
      table.add(["Vocabulary", "\(NumberText.count(vocabularySize)) tokens"])
    }
    if !factorNames.isEmpty { table.add(["Factors", factorNames.joined(separator: ", ")]) }
    for (name, value) in options.sorted(by: { $0.key < $1.key }) {
      table.add(["Option", "\(name)=\(value)"])
    }
    table.add(["Licence", licence ?? "not stated"])
    if let citation { table.add(["Citation", citation]) }
    if let url { table.add(["", url]) }
    return table
  }

  private var partTable: TextTable {
    var table = TextTable([
      .text("PART"), .number("EXAMPLES"), .number("LOWEST"), .number("HIGHEST"), .text("SHA-256"),
    ])
    for part in parts {
      table.add([
        part.name, NumberText.count(part.count), NumberText.value(Double(part.lowest)),
        NumberText.value(Double(part.highest)), part.sha256,
      ])
    }
    return table
  }

  /// Classes that are shown at most; `--json` has all.
  private static let mostClasses = 40

  private var classTable: TextTable {
    var table = TextTable(
      [.number("LABEL"), .text("CLASS")] + parts.map { .number($0.name.uppercased()) })
    for (label, name) in labelNames.enumerated().prefix(Self.mostClasses) {
      table.add(["\(label)", name] + parts.map { count($0, label) })
    }
    if labelNames.count > Self.mostClasses {
      table.add(["", "and \(labelNames.count - Self.mostClasses) more"])
    }
    if !labelNames.isEmpty, parts.contains(where: { $0.unlabelledCount > 0 }) {
      table.add(["", "not known"] + parts.map { NumberText.count($0.unlabelledCount) })
    }
    return table
  }

  private func count(_ part: Part, _ label: Int) -> String {
    part.labelCounts.indices.contains(label) ? NumberText.count(part.labelCounts[label]) : ""
  }

  private var columnTable: TextTable {
    var table = TextTable([.text("COLUMN"), .number("MEAN"), .number("DEVIATION")])
    for column in columns {
      table.add([column.name, NumberText.value(column.mean), NumberText.value(column.deviation)])
    }
    return table
  }
}
