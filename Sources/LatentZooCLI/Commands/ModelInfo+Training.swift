import LatentZoo

extension ModelInfo {
  /// How the model was trained, and how its loss fell.
  var training: String {
    let options = record.training
    var table = TextTable([.text(""), .text("")], hasTitles: false)
    let done = epochs.count
    let seconds = epochs.reduce(0) { $0 + $1.seconds }
    guard done == 0 || epochs.contains(where: { $0.learningRate > 0 }) else {
      table.add([
        "Fitted",
        "in \(done) \(done == 1 ? "step" : "steps") of its own, \(NumberText.duration(seconds)) on "
          + "\(record.threadCount) threads",
      ])
      addHistory(of: "loss", to: &table)
      return table.text()
    }
    table.add([
      "Trained",
      "\(done) of \(options.epochs) epochs\(interrupted ? " (stopped)" : "") in "
        + "\(NumberText.duration(seconds)) on \(record.threadCount) threads",
    ])
    table.add(["Batches", "\(options.batchSize) examples, seed \(options.seed)"])
    table.add(["Optimizer", options.optimizer.text])
    table.add(["Rate", options.rateText])
    if let clipping = options.clipping { table.add(["Clipping", clipping.text]) }
    addHistory(of: "loss", to: &table)
    if hasTrainingState {
      let more = interrupted ? "" : " --epochs N"
      table.add(["Go on", "latentzoo train --resume \(record.name)\(more)"])
    }
    return table.text()
  }

  private func addHistory(of name: String, to table: inout TextTable) {
    guard let first = epochs.first, let last = epochs.last else { return }
    for (label, parts) in [
      ("training", (first.training, last.training)),
      ("validation", (first.validation, last.validation)),
    ] {
      guard let start = parts.0[name], let end = parts.1[name] else { continue }
      table.add([
        label == "training" ? "Loss" : "",
        "\(label) \(NumberText.value(start)) in epoch \(first.epoch), "
          + "\(NumberText.value(end)) in epoch \(last.epoch)",
      ])
    }
  }
}
