extension OptimizerRule {
  /// The rule with its settings, such as `sgd, momentum 0.9, weight decay 0`.
  package var text: String {
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
  package var text: String {
    switch self {
    case .norm(let limit): "norm of all gradients at most \(NumberText.setting(limit))"
    case .value(let limit): "elements of gradients at most \(NumberText.setting(limit))"
    }
  }
}

extension TrainingOptions {
  /// The learning rate and its course, such as `0.001, cosine, warm-up over 500 steps`.
  package var rateText: String {
    let steps = schedule.warmUpSteps
    return NumberText.setting(learningRate) + ", \(schedule.course.rawValue)"
      + (steps > 0 ? ", warm-up over \(NumberText.count(steps)) steps" : "")
  }
}

extension JSONValue {
  /// The fields of a configuration as they would be set.
  package var settingsText: String {
    guard case .object(let fields) = self else { return description }
    return fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      .joined(separator: " ")
  }
}

extension MetricReport {
  /// Metrics by name, the loss first.
  package var sortedValues: [(name: String, value: Double)] {
    let others = values.filter { $0.key != "loss" }.sorted { $0.key < $1.key }
    return values.filter { $0.key == "loss" }.map { ($0.key, $0.value) }
      + others.map { ($0.key, $0.value) }
  }
}
