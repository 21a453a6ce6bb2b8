import LatentZoo

/// What `latentzoo diff` reports.
struct DiffReport: Encodable {
  let isEqual: Bool
  let first: String
  let second: String
  /// What the records say differently, by section.
  let values: [String: [ValueChange]]
  let graph: GraphComparison?
  let tensors: TensorComparison
  let objects: [String]

  init(_ comparison: CheckpointComparison) {
    isEqual = comparison.isEqual
    (first, second) = (comparison.first, comparison.second)
    values = Dictionary(
      uniqueKeysWithValues: comparison.values.map { ($0.key.rawValue, $0.value) })
    (graph, tensors, objects) = (comparison.graph, comparison.tensors, comparison.objects)
  }

  /// The differences for people, `first → second`.
  var text: String {
    var blocks = [isEqual ? "\(first) and \(second) hold the same model" : "\(first) → \(second)"]
    for section in RecordSection.allCases {
      guard let changes = values[section.rawValue] else { continue }
      let title = section == .incidental ? "incidental, not counted" : section.rawValue
      blocks.append("\(title)\n\(Self.table(changes))")
    }
    if !objects.isEmpty { blocks.append("objects\n  " + objects.joined(separator: "\n  ")) }
    if let graph, !graph.isEqual { blocks.append(Self.text(graph)) }
    blocks.append(tensorText)
    return blocks.joined(separator: "\n\n")
  }

  private static func table(_ changes: [ValueChange]) -> String {
    var table = TextTable([.text(""), .text(""), .text(""), .text("")], hasTitles: false)
    for change in changes {
      table.add([change.key, text(change.first), "→", text(change.second)])
    }
    return table.text(indent: 2)
  }

  private static func text(_ value: JSONValue?) -> String {
    guard let value else { return "(none)" }
    if case .number(let number) = value { return NumberText.value(number) }
    let text = value.description
    return text.isEmpty ? "(empty)" : text.count > 60 ? text.prefix(57) + "…" : text
  }

  private static func text(_ graph: GraphComparison) -> String {
    var lines = ["networks"]
    lines += graph.onlyInFirst.map { "  - \($0)" } + graph.onlyInSecond.map { "  + \($0)" }
    for change in graph.changes {
      lines.append("  \(change.function)")
      lines += change.lines.map { "    \($0)" }
    }
    return lines.joined(separator: "\n")
  }

  private var tensorText: String {
    var counts = ["\(tensors.equalCount) equal"]
    for (count, word) in [
      (tensors.different.count, "with other values"), (tensors.misshapen.count, "of another shape"),
      (tensors.onlyInFirst.count, "only in the first"),
      (tensors.onlyInSecond.count, "only in the second"),
    ] where count > 0 { counts.append("\(count) \(word)") }
    var lines = ["tensors: " + counts.joined(separator: ", ")]
    lines += tensors.onlyInFirst.map { "  - \($0)" } + tensors.onlyInSecond.map { "  + \($0)" }
    lines += tensors.misshapen.map {
      "  \($0.path)  \(LayerSummary.text($0.first)) → \(LayerSummary.text($0.second))"
    }
    guard !tensors.different.isEmpty else { return lines.joined(separator: "\n") }
    var table = TextTable([
      .text("TENSOR"), .text("SHAPE"), .number("MAX"), .number("MEAN"), .number("RELATIVE"),
    ])
    for tensor in tensors.different {
      table.add([
        tensor.path, LayerSummary.text(tensor.shape), NumberText.value(tensor.maximum),
        NumberText.value(tensor.mean), NumberText.value(tensor.relative),
      ])
    }
    return (lines + [table.text(indent: 2)]).joined(separator: "\n")
  }
}
