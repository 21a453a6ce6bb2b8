import LatentZoo

extension ModelCard {
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
    table.add(["Rate", rateText(options)])
    if let clipping = options.clipping { table.add(["Clipping", clipping.text]) }
    addHistory(of: "loss", to: &table)
    return table.text()
  }

  private func rateText(_ options: TrainingOptions) -> String {
    let steps = options.schedule.warmUpSteps
    return NumberText.setting(options.learningRate) + ", \(options.schedule.course.rawValue)"
      + (steps > 0 ? ", warm-up over \(NumberText.count(steps)) steps" : "")
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

extension OptimizerRule {
  /// The rule with its settings.
  fileprivate var text: String {
    switch self {
    case .adam(let beta1, let beta2, let epsilon, let decay):
      "adam, " + Self.moments(beta1, beta2, epsilon, decay)
    case .adamW(let beta1, let beta2, let epsilon, let decay):
      "adamw, " + Self.moments(beta1, beta2, epsilon, decay)
    case .sgd(let momentum, let decay, let isNesterov):
      "sgd, \(isNesterov ? "Nesterov " : "")momentum \(NumberText.setting(momentum)), "
        + "weight decay \(NumberText.setting(decay))"
    }
  }

  private static func moments(
    _ beta1: Double, _ beta2: Double, _ epsilon: Double, _ decay: Double
  ) -> String {
    "beta1 \(NumberText.setting(beta1)), beta2 \(NumberText.setting(beta2)), "
      + "epsilon \(NumberText.setting(epsilon)), weight decay \(NumberText.setting(decay))"
  }
}

extension GradientClipping {
  /// The limit in words.
  fileprivate var text: String {
    switch self {
    case .norm(let limit): "norm of all gradients at most \(NumberText.setting(limit))"
    case .value(let limit): "elements of gradients at most \(NumberText.setting(limit))"
    }
  }
}

extension JSONValue {
  /// The fields of a configuration as they would be set.
  var settingsText: String {
    guard case .object(let fields) = self else { return description }
    return fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      .joined(separator: " ")
  }
}
