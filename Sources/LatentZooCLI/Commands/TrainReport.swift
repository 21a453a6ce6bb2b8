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
  /// Whether `--resume` can go on with it.
  let resumable: Bool
  let epochs: [EpochRecord]
  let metrics: [MetricReport]
  /// From the first step until the checkpoint was saved.
  let seconds: Double
  /// The best weights, if they were asked for.
  let best: BestModel?
  /// Where the time went, if that was asked for.
  let profile: ProfileReport?

  init(_ trained: TrainedModel, path: String, duration: Duration, profile: ProfileReport?) {
    self.init(
      trained.model.record, trained.model.history, path: path, resumable: trained.canResume,
      seconds: Double(duration.components.seconds)
        + Double(duration.components.attoseconds) * 1e-18, best: trained.best, profile: profile)
  }

  /// Reports a training that had nothing left to do.
  init(_ finished: ResumableTraining) {
    self.init(
      finished.record, finished.history, path: finished.path, resumable: true, seconds: 0,
      best: nil, profile: nil)
  }

  private init(
    _ record: ModelRecord, _ history: TrainingHistory, path: String, resumable: Bool,
    seconds: Double, best: BestModel?, profile: ProfileReport?
  ) {
    name = record.name
    self.path = path
    family = record.specification.family
    backbone = record.specification.backbone
    parameterCount = record.parameterCount
    latentSize = record.latentSize
    interrupted = history.wasInterrupted
    epochs = history.epochs
    metrics = record.metrics
    (self.resumable, self.seconds) = (resumable, seconds)
    (self.best, self.profile) = (best, profile)
  }

  /// The report for people.
  var text: String {
    var lines = [
      seconds > 0
        ? "saved \(name) to \(path) after \(NumberText.duration(seconds))" : "\(name) is at \(path)"
    ]
    if let best {
      lines.append(
        "saved \(best.name) to \(best.path): epoch \(best.epoch), "
          + "validation \(NumberText.value(best.loss))")
    }
    for report in metrics {
      lines.append("")
      lines.append("\(report.data), \(NumberText.count(report.count)) examples:")
      lines.append(report.table.text(indent: 2))
    }
    if let profile { lines += ["", profile.text()] }
    return lines.joined(separator: "\n")
  }

  /// What to try now, and what to do after an interruption.
  ///
  /// - Parameters:
  ///   - reference: the model as it is named on a command line.
  ///   - zoo: where it was looked up.
  func nextSteps(for reference: String, in zoo: ZooOptions) -> [String] {
    var lines: [String] = []
    if interrupted {
      let whole = epochs.count == 1 ? "1 whole epoch" : "\(epochs.count) whole epochs"
      lines.append("stopped after \(whole); what was learned is saved and can be used")
      lines.append(
        resumable
          ? "go on: latentzoo train --resume \(reference)\(zoo.text)"
          : "--weights-only keeps nothing to go on with: train again with --force to begin anew")
    }
    return lines + [
      "next: latentzoo info \(reference)\(zoo.text)", "      latentzoo list\(zoo.text)",
    ]
  }
}

extension MetricReport {
  /// Names and values in two columns.
  var table: TextTable {
    var table = TextTable([.text("metric"), .number("mean per example")])
    for (name, value) in sortedValues { table.add([name, NumberText.value(value)]) }
    return table
  }
}
