/// What a training works on.
public struct TrainingData: Sendable {
  /// Where the examples come from.
  public let dataset: Dataset
  /// Which of them are trained on; `nil` for all.
  public let indices: [Int]?
  /// Examples held back to watch the training by: a data set and which of it, `nil` for all.
  public let validation: (dataset: Dataset, indices: [Int]?)?

  /// Names the examples.
  public init(
    _ dataset: Dataset, indices: [Int]? = nil,
    validation: (dataset: Dataset, indices: [Int]?)? = nil
  ) {
    self.dataset = dataset
    self.indices = indices
    self.validation = validation
  }

  /// The same without the examples that lack neighbours, where those are asked for.
  func forSteps(contents: BatchContents) -> TrainingData {
    guard contents.contains(.neighbours) else { return self }
    return TrainingData(
      dataset, indices: dataset.between(indices),
      validation: validation.map { ($0.dataset, $0.dataset.between($0.indices)) })
  }

  /// Number of examples trained on.
  public var count: Int { indices?.count ?? dataset.count }
}

extension Dataset {
  /// Those of some examples, or of all, that have neighbours.
  func between(_ indices: [Int]?) -> [Int] {
    guard let indices else { return examplesBetweenNeighbours }
    let allowed = Set(examplesBetweenNeighbours)
    return indices.filter(allowed.contains)
  }
}

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
  /// - Parameter report: called after every step, and with the completed record after every epoch.
  /// - Returns: the course of the training.
  /// - Throws: ``TrainingError``, ``ModelError`` where the data does not suit the family, `DatasetError` where it can no
  ///   longer be read, or a ``TensorError``.
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
    let run = try TrainingRun(model, data, options, engine)
    guard let reportProfile else { return try run.train(report) }
    try run.startProfiling()
    let history = try run.train(report)
    reportProfile(try run.profile())
    return history
  }
}

/// One training from beginning to end.
private final class TrainingRun<Family: ModelFamily> {
  private let options: TrainingOptions
  private let data: TrainingData
  private let model: Family
  private let step: TrainingStep<Family>
  private let evaluator: Evaluator<Family>
  private let loader: BatchLoader
  private let names: [String]
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var examplesDone = 0

  init(
    _ model: Family, _ data: TrainingData, _ options: TrainingOptions, _ engine: Engine
  ) throws {
    self.options = options
    self.data = data
    self.model = model
    step = TrainingStep(model, data: data.dataset.shape, options, engine)
    evaluator = Evaluator(model, data: data.dataset.shape, on: engine)
    names = try step.names(batchSize: min(options.batchSize, data.count))
    loader = try BatchLoader(
      data.dataset, indices: data.indices, batchSize: min(options.batchSize, data.count),
      order: .shuffled(seed: options.seed), epochs: options.epochs,
      contents: model.batchContents)
    start = clock.now
  }

  func startProfiling() throws {
    try step.startProfiling(batchSize: min(options.batchSize, data.count))
  }

  func profile() throws -> TrainingProfile {
    try step.profile(batchSize: min(options.batchSize, data.count))
  }

  func train(_ report: (TrainingProgress) throws -> TrainingControl) throws -> TrainingHistory {
    var history = TrainingHistory()
    let perEpoch = loader.batchesPerEpoch
    let total = perEpoch * options.epochs
    var averages = TermAverages(names)
    var epochStart = clock.now
    while let batch = try loader.nextBatch() {
      let position = batch.position
      let number = position.epoch * perEpoch + position.batch
      let rate = options.learningRate * options.schedule.factor(at: number, of: total)
      try step.run(
        on: batch, step: number, epoch: Double(number) / Double(perEpoch), learningRate: rate,
        into: &averages)
      examplesDone += batch.count
      var completed: EpochRecord?
      if batch.endsEpoch {
        try checkWeights(afterEpoch: position.epoch + 1, step: number + 1)
        let validation = try validate()
        completed = EpochRecord(
          epoch: position.epoch + 1, learningRate: rate,
          seconds: (clock.now - epochStart).seconds, training: averages.dictionary,
          validation: validation)
      }
      let control = try report(
        progress(position, of: perEpoch, averages, completed: completed))
      if let completed {
        history.epochs.append(completed)
        averages = TermAverages(names)
        epochStart = clock.now
      }
      if control == .stop {
        history.wasInterrupted = number + 1 < total
        break
      }
    }
    loader.cancel()
    return history
  }

  /// A weight can leave the finite numbers while the loss does not: a rectifier hides it.
  private func checkWeights(afterEpoch epoch: Int, step: Int) throws(TrainingError) {
    for parameter in model.parameters where !parameter.withFloats({ $0.allSatisfy(\.isFinite) }) {
      throw .diverged(objective: "weight \(parameter.path)", epoch: epoch, step: step)
    }
  }

  private func validate() throws -> [String: Double] {
    guard let (dataset, indices) = data.validation, indices?.isEmpty != true else { return [:] }
    return try evaluator.losses(on: dataset, indices: indices, seed: options.seed)
  }

  private func progress(
    _ position: BatchPosition, of perEpoch: Int, _ averages: TermAverages, completed: EpochRecord?
  ) -> TrainingProgress {
    let elapsed = (clock.now - start).seconds
    let done = position.epoch * perEpoch + position.batch + 1
    let left = perEpoch * options.epochs - done
    return TrainingProgress(
      epoch: position.epoch + 1, epochs: options.epochs, step: position.batch + 1,
      stepsPerEpoch: perEpoch, terms: averages.means,
      examplesPerSecond: elapsed > 0 ? Double(examplesDone) / elapsed : 0, elapsed: elapsed,
      remaining: elapsed / Double(done) * Double(left), completed: completed)
  }
}

extension Duration {
  /// The duration in seconds.
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
