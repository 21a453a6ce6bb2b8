extension ModelCard {
  /// What the model was trained on.
  var data: String {
    let (origin, preprocessing) = (record.data, record.preprocessing)
    let signature = record.specification.data
    var rows = [
      ["Source", MarkdownText.code(origin.source)],
      ["Examples", "\(NumberText.count(origin.count)) of shape \(signature.shape)"],
      ["SHA-256", MarkdownText.code(origin.sha256)],
      ["Licence", MarkdownText.escaped(origin.licence ?? "not stated")],
    ]
    if let citation = origin.citation {
      rows.append(["Cite", MarkdownText.link(citation, to: origin.url)])
    } else if let url = origin.url {
      rows.append(["Published", MarkdownText.link(url, to: url)])
    }
    if signature.vocabularySize > 0 {
      rows.append(["Vocabulary", "\(NumberText.count(signature.vocabularySize)) tokens"])
    } else {
      rows.append(["Units", Self.units(preprocessing)])
    }
    if !preprocessing.options.isEmpty {
      let options = preprocessing.options.sorted { $0.key < $1.key }
      rows.append([
        "Read with",
        MarkdownText.code(options.map { "\($0.key)=\($0.value)" }.joined(separator: " ")),
      ])
    }
    if !preprocessing.labelNames.isEmpty {
      rows.append(["Classes", Self.list(preprocessing.labelNames)])
    }
    if !preprocessing.columns.isEmpty {
      rows.append(["Columns", Self.list(preprocessing.columns.map(\.name)) + ", standardised"])
    }
    return "## Data\n\n" + MarkdownText.table(["", ""], rows)
  }

  private static func units(_ preprocessing: Preprocessing) -> String {
    let (lowest, highest) = (preprocessing.lowest, preprocessing.highest)
    let division =
      preprocessing.divisor == 1
      ? "" : ": raw values divided by \(NumberText.setting(preprocessing.divisor))"
    return "\(NumberText.setting(lowest)) to \(NumberText.setting(highest))\(division)"
  }

  /// Names, the first few of many.
  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(20).map(MarkdownText.escaped).joined(separator: ", ")
    return names.count > 20 ? "\(shown) and \(names.count - 20) more" : shown
  }

  /// How it was trained.
  var training: String {
    let (options, epochs) = (record.training, history.epochs)
    let seconds = epochs.reduce(0) { $0 + $1.seconds }
    let time = "\(NumberText.duration(seconds)) on \(record.threadCount) threads"
    guard epochs.isEmpty || epochs.contains(where: { $0.learningRate > 0 }) else {
      let steps = epochs.count == 1 ? "step" : "steps"
      return "## Training\n\nFitted in \(epochs.count) \(steps) of its own, \(time)."
    }
    let interrupted = history.wasInterrupted ? ", then stopped" : ""
    var rows = [
      ["Epochs", "\(epochs.count) of \(options.epochs)\(interrupted), in \(time)"],
      ["Batches", "\(options.batchSize) examples, seed \(options.seed)"],
      ["Optimizer", options.optimizer.text],
      ["Learning rate", options.rateText],
    ]
    if let clipping = options.clipping { rows.append(["Clipping", clipping.text]) }
    rows += course
    return "## Training\n\n" + MarkdownText.table(["", ""], rows)
  }

  /// First and last value of what the training lowered.
  private var course: [[String]] {
    guard let first = history.epochs.first, let last = history.epochs.last else { return [] }
    guard let name = LossCurves.principal(of: history.epochs) else { return [] }
    return [
      ("training", first.training, last.training),
      ("validation", first.validation, last.validation),
    ].compactMap { part, start, end in
      guard let from = start[name], let to = end[name] else { return nil }
      return [
        "\(MarkdownText.escaped(name)), \(part)",
        "\(NumberText.value(from)) in epoch \(first.epoch), "
          + "\(NumberText.value(to)) in epoch \(last.epoch)",
      ]
    }
  }

  /// What was measured, and on what.
  var evaluation: String {
    guard !record.metrics.isEmpty else { return "" }
    let blocks = record.metrics.map { report in
      let rows = report.sortedValues.map {
        [MarkdownText.escaped($0.name), NumberText.value($0.value)]
      }
      return
        "Means over the \(NumberText.count(report.count)) \(MarkdownText.escaped(report.data)), "
        + "seed \(report.seed):\n\n" + MarkdownText.table(["Metric", "Value:"], rows)
    }
    return "## Evaluation\n\n" + blocks.joined(separator: "\n\n")
  }
}
