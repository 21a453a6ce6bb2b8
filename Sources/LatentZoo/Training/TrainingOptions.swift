/// How a model is trained.
public struct TrainingOptions: Codable, Hashable, Sendable {
  /// Passes over the training examples.
  public var epochs = 10
  /// Examples in a step.
  public var batchSize = 128
  /// Learning rate before the schedule's factor.
  public var learningRate = 1e-3
  /// The rule that moves the parameters.
  public var optimizer = OptimizerRule.adam()
  /// How the learning rate changes.
  public var schedule = LearningRateSchedule()
  /// The limit on gradients, if any.
  public var clipping: GradientClipping?
  /// Decides initial values, order of the examples and all noise.
  public var seed: UInt64 = 1

  /// The defaults.
  public init() {}

  /// Checks the numbers.
  ///
  /// - Throws: ``TrainingError/badOption(name:found:requirement:)``.
  public func validate() throws(TrainingError) {
    try Self.require("epochs", "\(epochs)", epochs >= 1, "must be at least 1")
    try Self.require("epochs", "\(epochs)", epochs <= 1 << 30, "are at most 1073741824")
    try Self.require("batch size", "\(batchSize)", batchSize >= 1, "must be at least 1")
    try Self.require("batch size", "\(batchSize)", batchSize <= 1 << 20, "is at most 1048576")
    try Self.require(
      "learning rate", "\(learningRate)", learningRate > 0 && learningRate.isFinite,
      "must be a positive number")
    try Self.require(
      "warm-up", "\(schedule.warmUpSteps) steps", schedule.warmUpSteps >= 0, "must not be negative")
    switch clipping {
    case .norm(let limit), .value(let limit):
      try Self.require(
        "clipping", "\(limit)", limit > 0 && limit.isFinite, "must be a positive number")
    case nil: break
    }
  }

  private static func require(
    _ name: String, _ found: String, _ isMet: Bool, _ requirement: String
  ) throws(TrainingError) {
    guard isMet else {
      throw .badOption(name: name, found: found, requirement: requirement)
    }
  }
}

/// What can go wrong in training.
public enum TrainingError: Error, Hashable, Sendable {
  /// An option cannot be used.
  case badOption(name: String, found: String, requirement: String)
  /// There is nothing to train on.
  case noExamples(data: String)
  /// A loss is no longer a number.
  case diverged(objective: String, epoch: Int, step: Int)
}

extension TrainingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .badOption(let name, let found, let requirement):
      return "the \(name) \(requirement), got \(found)"
    case .noExamples(let data):
      return "\(data) has no examples to train on"
    case .diverged(let objective, let epoch, let step):
      return "the \(objective) stopped being a finite number in epoch \(epoch), step \(step); "
        + "use a smaller --learning-rate or --clip-norm 1"
    }
  }
}
