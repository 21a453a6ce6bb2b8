/// Trains models of every family.
///
/// The same options, data and thread count give the same weights, bit for bit.
public struct Trainer {
  /// How to train.
  public let options: TrainingOptions
  /// What computes.
  public let engine: Engine
  /// Called at the end with where the time went; while it is set, every kernel is timed.
  public var reportProfile: ((TrainingProfile) -> Void)?
  /// Where steps begin, and where they tell how far they are; `nil` where nobody saves them.
  var marker: StepMarker?

  /// Makes a trainer.
  ///
  /// - Throws: ``TrainingError/badOption(name:found:requirement:)``.
  public init(_ options: TrainingOptions, on engine: Engine = .shared) throws(TrainingError) {
    try options.validate()
    self.options = options
    self.engine = engine
  }

  /// Trains a model in place.
  ///
  /// - Parameters:
  ///   - model: the model, whose parameters are moved.
  ///   - data: the examples to train on, and those held back.
  ///   - report: called after every step, and with the completed record after every epoch.
  /// - Returns: the course of the training.
  /// - Throws: ``TrainingError``, ``ModelError`` where the data does not suit the family, `DatasetError` where it can no
  ///   longer be read, or a `TensorError`.
  @discardableResult
  public func train<Family: ModelFamily>(
    _ model: Family, on data: TrainingData,
    report: (TrainingProgress) throws -> TrainingControl = { _ in .proceed }
  ) throws -> TrainingHistory {
    guard data.count > 0 else { throw TrainingError.noExamples(data: data.dataset.name) }
    try model.check(data.dataset)
    return try model.fit(to: data, with: self, report: report)
  }

  /// Trains by steps down the gradients of the family's objectives: what ``ModelFamily/fit(to:with:report:)`` does unless a
  /// family has a better way.
  func descend<Family: ModelFamily>(
    _ model: Family, on data: TrainingData,
    report: (TrainingProgress) throws -> TrainingControl
  ) throws -> TrainingHistory {
    let data = data.forSteps(contents: model.batchContents)
    guard data.count > 0 else { throw TrainingError.noExamples(data: data.dataset.name) }
    let run = try TrainingRun(model, data, options, engine, marker)
    guard let reportProfile else { return try run.train(report) }
    try run.startProfiling()
    let history = try run.train(report)
    reportProfile(try run.profile())
    return history
  }
}

extension Duration {
  /// The duration in seconds.
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
