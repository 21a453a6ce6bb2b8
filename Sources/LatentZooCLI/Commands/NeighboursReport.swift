import LatentZoo

/// What `latentzoo neighbours` reports.
struct NeighboursReport: Encodable {
  /// An example that was found.
  struct Neighbour: Encodable {
    let index: Int
    /// Cosine of the angle between the codes, seen from the mean of the data's codes, in `[-1, 1]`.
    let similarity: Double
    /// The example as it was written, where it was.
    let text: String?
    /// Its class, where it is known.
    let label: String?

    init(_ found: CosineNeighbours.Neighbour, in dataset: Dataset) {
      index = found.index
      similarity = found.similarity
      text = dataset.captions.isEmpty ? nil : dataset.captions[found.index]
      label = dataset.labels.flatMap { labels in
        labels[found.index] >= 0 ? dataset.labelNames[labels[found.index]] : nil
      }
    }
  }

  let model: String
  let data: String
  let query: String?
  let index: Int?
  let neighbours: [Neighbour]

  /// The report for people.
  var text: String {
    let hasLabels = neighbours.contains { $0.label != nil }
    let hasText = neighbours.contains { $0.text != nil }
    var columns: [TextTable.Column] = [.number("cosine"), .number("example")]
    if hasLabels { columns.append(.text("class")) }
    if hasText { columns.append(.text("text")) }
    var table = TextTable(columns)
    for neighbour in neighbours {
      var cells = [NumberText.value(neighbour.similarity), "\(neighbour.index)"]
      if hasLabels { cells.append(neighbour.label ?? "") }
      if hasText { cells.append(neighbour.text ?? "") }
      table.add(cells)
    }
    return table.text()
  }
}
