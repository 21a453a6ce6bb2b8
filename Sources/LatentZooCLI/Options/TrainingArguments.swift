import ArgumentParser
import LatentZoo

/// How a model is trained, as it is written on the command line.
struct TrainingArguments: ParsableArguments {
  private static let defaults = TrainingOptions()

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Passes over the training examples.", valueName: "n"))
  var epochs = Self.defaults.epochs

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Examples in a step.", valueName: "n"))
  var batchSize = Self.defaults.batchSize

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Learning rate.", valueName: "x"))
  var learningRate = Self.defaults.learningRate

  @Option(help: ArgumentHelp("Rule that moves the weights.", valueName: "rule"))
  var optimizer = OptimizerName.adam

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Weight decay (default: 0, for adamw 0.01).", valueName: "x"))
  var weightDecay: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Momentum of sgd (default: 0).", valueName: "x"))
  var momentum: Double?

  @Option(help: ArgumentHelp("Course of the learning rate.", valueName: "course"))
  var schedule = LearningRateSchedule.Course.constant

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Steps in which the learning rate rises from 0.", valueName: "n"))
  var warmUpSteps = 0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Greatest norm of all gradients together.", valueName: "x"))
  var clipNorm: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Greatest element of a gradient.", valueName: "x"))
  var clipValue: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Decides initial values, order and noise.", valueName: "n"))
  var seed = Self.defaults.seed

  func validate() throws {
    if clipNorm != nil, clipValue != nil {
      throw ValidationError("--clip-norm and --clip-value exclude each other")
    }
    if momentum != nil, optimizer != .sgd {
      throw ValidationError("--momentum belongs to --optimizer sgd, not \(optimizer.rawValue)")
    }
  }

  /// The options, checked.
  ///
  /// - Throws: ``TrainingError/badOption(name:found:requirement:)``.
  func options() throws(TrainingError) -> TrainingOptions {
    var options = TrainingOptions()
    options.epochs = epochs
    options.batchSize = batchSize
    options.learningRate = learningRate
    options.optimizer = try rule()
    options.schedule = LearningRateSchedule(schedule, warmUpSteps: warmUpSteps)
    options.clipping = clipNorm.map { .norm($0) } ?? clipValue.map { .value($0) }
    options.seed = seed
    try options.validate()
    return options
  }

  private func rule() throws(TrainingError) -> OptimizerRule {
    if let weightDecay, !(weightDecay >= 0 && weightDecay.isFinite) {
      throw .badOption(
        name: "weight decay", found: "\(weightDecay)", requirement: "must not be negative")
    }
    if let momentum, !(0..<1).contains(momentum) {
      throw .badOption(name: "momentum", found: "\(momentum)", requirement: "lies in 0..<1")
    }
    switch optimizer {
    case .adam: return .adam(weightDecay: weightDecay ?? 0)
    case .adamw: return weightDecay.map { .adamW(weightDecay: $0) } ?? .adamW()
    case .sgd: return .sgd(momentum: momentum ?? 0, weightDecay: weightDecay ?? 0)
    }
  }
}

/// The rules that move weights, by name.
enum OptimizerName: String, CaseIterable, ExpressibleByArgument {
  case adam, adamw, sgd
}

extension LearningRateSchedule.Course: ExpressibleByArgument {}
