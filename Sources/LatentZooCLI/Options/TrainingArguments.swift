import ArgumentParser
import LatentZoo

/// How a model is trained, as it is written on the command line; what is not given is the default, or what a training that
/// goes on was begun with.
struct TrainingArguments: ParsableArguments {
  private static let defaults = TrainingOptions()

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Passes over the training examples (default: \(Self.defaults.epochs)).", valueName: "n"))
  var epochs: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Examples in a step (default: \(Self.defaults.batchSize)).", valueName: "n"))
  var batchSize: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Learning rate (default: \(Self.defaults.learningRate)).", valueName: "x"))
  var learningRate: Double?

  @Option(
    help: ArgumentHelp("Rule that moves the weights (default: adam).", valueName: "rule"))
  var optimizer: OptimizerName?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Weight decay (default: 0, for adamw 0.01).", valueName: "x"))
  var weightDecay: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Momentum of sgd (default: 0).", valueName: "x"))
  var momentum: Double?

  @Option(
    help: ArgumentHelp("Course of the learning rate (default: constant).", valueName: "course"))
  var schedule: LearningRateSchedule.Course?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Steps in which the learning rate rises from 0 (default: 0).", valueName: "n"))
  var warmUpSteps: Int?

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
    help: ArgumentHelp(
      "Decides initial values, order and noise (default: \(Self.defaults.seed)).", valueName: "n"))
  var seed: UInt64?

  func validate() throws {
    if clipNorm != nil, clipValue != nil {
      throw ValidationError("--clip-norm and --clip-value exclude each other")
    }
  }

  /// Checks the options of a training that begins, where what is not given has its default.
  ///
  /// - Throws: `ValidationError`.
  func validateBeginning() throws {
    let rule = optimizer ?? .adam
    if momentum != nil, rule != .sgd {
      throw ValidationError("--momentum belongs to --optimizer sgd, not \(rule.rawValue)")
    }
  }

  /// The options of a training that begins, checked.
  ///
  /// - Throws: `TrainingError.badOption`.
  func options() throws(TrainingError) -> TrainingOptions {
    var options = Self.defaults
    options.epochs = epochs ?? options.epochs
    options.batchSize = batchSize ?? options.batchSize
    options.learningRate = learningRate ?? options.learningRate
    options.optimizer = try rule()
    options.schedule = LearningRateSchedule(schedule ?? .constant, warmUpSteps: warmUpSteps ?? 0)
    options.clipping = clipNorm.map { .norm($0) } ?? clipValue.map { .value($0) }
    options.seed = seed ?? options.seed
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
    switch optimizer ?? .adam {
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
