import LatentZoo

/// What `latentzoo train` reports at its end.
struct TrainReport: Encodable {
  let name: String
  let path: String
  let family: String
  let backbone: String
  let parameterCount: Int
  let latentSize: Int
  let interrupted: Bool
  let epochs: [EpochRecord]
  let metrics: [MetricReport]
  /// From the first step until the checkpoint was saved.
  let seconds: Double
  /// Where the time went, if that was asked for.
  let profile: ProfileReport?

  init(_ trained: TrainedModel, path: String, duration: Duration, profile: ProfileReport?) {
    self.profile = profile
    let record = trained.model.record
    name = record.name
    self.path = path
    family = record.specification.family
    backbone = record.specification.backbone
    parameterCount = record.parameterCount
    latentSize = record.latentSize
    interrupted = trained.model.history.wasInterrupted
    epochs = trained.model.history.epochs
    metrics = record.metrics
    seconds =
      Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }

  /// The report for people.
  var text: String {
    var lines = ["saved \(name) to \(path) after \(NumberText.duration(seconds))"]
    for report in metrics {
      lines.append("")
      lines.append("\(report.data), \(NumberText.count(report.count)) examples:")
      lines.append(report.table.text(indent: 2))
    }
    if let profile { lines += ["", profile.text()] }
    return lines.joined(separator: "\n")
  }

  /// What to try now, and what to do after an interruption.
  func nextSteps(in zoo: ZooOptions) -> [String] {
    var lines: [String] = []
    if interrupted {
      lines.append(
        "stopped after \(epochs.count) whole epochs; what was learned is saved and can be used, "
          + "train again with --force to begin anew")
    }
    return lines + ["next: latentzoo info \(name)\(zoo.text)", "      latentzoo list\(zoo.text)"]
  }
}

extension MetricReport {
  /// Metrics by name, the loss first.
  var sortedValues: [(name: String, value: Double)] {
    values.sorted { ($0.key != "loss", $0.key) < ($1.key != "loss", $1.key) }
      .map { ($0.key, $0.value) }
  }

  /// Names and values in two columns.
  var table: TextTable {
    var table = TextTable([.text("metric"), .number("mean per example")])
    for (name, value) in sortedValues { table.add([name, NumberText.value(value)]) }
    return table
  }
}

/// False before true.
private func < (first: (Bool, String), second: (Bool, String)) -> Bool {
  first.0 == second.0 ? first.1 < second.1 : !first.0
}
