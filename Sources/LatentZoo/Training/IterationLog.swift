/// The course of a fit that goes by iterations of its own instead of steps down a gradient, such as EM.
///
/// Each iteration is an epoch of the history.
public struct IterationLog<Family: ModelFamily> {
  /// What has happened so far.
  public private(set) var history = TrainingHistory()
  private let data: TrainingData
  private let limit: Int
  private let evaluator: Evaluator<Family>
  private let seed: UInt64
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var last: ContinuousClock.Instant

  /// Begins a log.
  ///
  /// - Parameters:
  ///   - model: its parameters are read after each iteration where examples are held back.
  ///   - data: the data that the model is fitted to.
  ///   - trainer: how the model is trained, and where it is computed.
  ///   - limit: the most iterations there will be.
  public init(_ model: Family, on data: TrainingData, with trainer: Trainer, limit: Int) {
    self.data = data
    self.limit = limit
    evaluator = Evaluator(model, data: data.dataset.shape, on: trainer.engine)
    seed = trainer.options.seed
    start = clock.now
    last = start
  }

  /// Notes an iteration and tells of it.
  ///
  /// - Parameters:
  ///   - terms: the objective and its parts by name, means over the examples.
  ///   - report: see ``ModelFamily/fit(to:with:report:)``.
  /// - Returns: whether to go on.
  /// - Throws: what `report` throws, or as ``Evaluator/losses(on:indices:seed:)``.
  public mutating func record(
    _ terms: [(name: String, value: Double)],
    report: (TrainingProgress) throws -> TrainingControl
  ) throws -> TrainingControl {
    let number = history.epochs.count + 1
    var validation: [String: Double] = [:]
    if let (dataset, indices) = data.validation {
      validation = try evaluator.losses(on: dataset, indices: indices, seed: seed)
    }
    let now = clock.now
    let completed = EpochRecord(
      epoch: number, learningRate: 0, seconds: (now - last).seconds,
      training: Dictionary(terms.map { ($0.name, $0.value) }) { first, _ in first },
      validation: validation)
    let elapsed = (now - start).seconds
    last = now
    history.epochs.append(completed)
    let control = try report(
      TrainingProgress(
        epoch: number, epochs: limit, step: 1, stepsPerEpoch: 1, terms: terms,
        examplesPerSecond: elapsed > 0 ? Double(number * data.count) / elapsed : 0,
        elapsed: elapsed, remaining: elapsed / Double(number) * Double(limit - number),
        completed: completed))
    if control == .stop { history.wasInterrupted = number < limit }
    return control
  }
}
