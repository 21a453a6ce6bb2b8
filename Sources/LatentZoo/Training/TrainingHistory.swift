/// What one epoch of training gave.
public struct EpochRecord: Codable, Hashable, Sendable {
  /// Counted from 1.
  public var epoch: Int
  /// Learning rate of the last step.
  public var learningRate: Double
  /// Time for training and validation, seconds.
  public var seconds: Double
  /// Means over the epoch's examples, by name: each objective, and `objective.term` or `term`.
  public var training: [String: Double]
  /// The same on held-back examples after the epoch; empty where nothing is held back.
  public var validation: [String: Double]
}

/// The course of a training.
public struct TrainingHistory: Codable, Hashable, Sendable {
  /// One record for each completed epoch.
  public var epochs: [EpochRecord] = []
  /// Whether the training was stopped before its last epoch.
  public var wasInterrupted = false

  /// A history in which nothing has happened.
  public init() {}
}

/// Where a training stands.
public struct TrainingProgress: Sendable {
  /// The epoch under way, counted from 1.
  public let epoch: Int
  /// Epochs in the whole training.
  public let epochs: Int
  /// Steps done in this epoch.
  public let step: Int
  /// Steps in an epoch.
  public let stepsPerEpoch: Int
  /// Means over the epoch so far, by name.
  public let terms: [(name: String, value: Double)]
  /// Rate since training began.
  public let examplesPerSecond: Double
  /// Time since training began, seconds.
  public let elapsed: Double
  /// Estimated time left, seconds.
  public let remaining: Double
  /// The record of the epoch, once it is complete.
  public let completed: EpochRecord?

  /// Whether the training ends with this step.
  public var isLast: Bool { epoch == epochs && step == stepsPerEpoch }
}

/// Whether training goes on.
public enum TrainingControl: Hashable, Sendable {
  /// Go on with the next step.
  case proceed
  /// Stop after this step; the model keeps what it has learned.
  case stop
}
