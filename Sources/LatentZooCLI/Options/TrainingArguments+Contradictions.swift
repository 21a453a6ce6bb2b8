import LatentZoo

/// An option that says something else than what a training was begun with.
struct Contradiction {
  /// The option as it was given, such as `--batch-size 64`.
  let option: String
  /// What the training was begun with, such as `128`.
  let kept: String

  /// Compares an option with what holds; nothing where it was not given or says the same.
  init?<Value: Equatable>(_ name: String, _ given: Value?, _ kept: Value?) {
    guard let given, given != kept else { return nil }
    option = "\(name) \(Self.text(given))"
    self.kept = kept.map { Self.text($0) } ?? "none"
  }

  private static func text(_ value: some Any) -> String {
    (value as? any RawRepresentable<String>)?.rawValue ?? "\(value)"
  }

  /// The mistake, for whoever goes on with a model.
  func error(in model: String) -> UsageError {
    UsageError(
      description:
        "\(option) contradicts the training of \(model), which was begun with \(kept): leave it out, "
        + "or begin another training without --resume")
  }
}

extension TrainingArguments {
  /// The options that say something else than what a training was begun with; more epochs are none.
  func contradictions(to options: TrainingOptions) -> [Contradiction] {
    let rule = RuleParts(options.optimizer)
    let limit = options.clipping
    return [
      Contradiction("--batch-size", batchSize, options.batchSize),
      Contradiction("--learning-rate", learningRate, options.learningRate),
      Contradiction("--optimizer", optimizer, rule.name),
      Contradiction("--weight-decay", weightDecay, rule.weightDecay),
      Contradiction("--momentum", momentum, rule.momentum),
      Contradiction("--schedule", schedule, options.schedule.course),
      Contradiction("--warm-up-steps", warmUpSteps, options.schedule.warmUpSteps),
      Contradiction("--clip-norm", clipNorm, limit?.norm),
      Contradiction("--clip-value", clipValue, limit?.value),
      Contradiction("--seed", seed, options.seed),
    ].compactMap { $0 }
  }
}

/// A rule as the command line spells it.
private struct RuleParts {
  let name: OptimizerName
  let weightDecay: Double
  let momentum: Double?

  init(_ rule: OptimizerRule) {
    switch rule {
    case .adam(_, _, _, let decay): (name, weightDecay, momentum) = (.adam, decay, nil)
    case .adamW(_, _, _, let decay): (name, weightDecay, momentum) = (.adamw, decay, nil)
    case .sgd(let factor, let decay, _): (name, weightDecay, momentum) = (.sgd, decay, factor)
    }
  }
}

extension GradientClipping {
  fileprivate var norm: Double? {
    guard case .norm(let limit) = self else { return nil }
    return limit
  }

  fileprivate var value: Double? {
    guard case .value(let limit) = self else { return nil }
    return limit
  }
}
