/// One training by steps, from the beginning or from where it was, to the end.
final class TrainingRun<Family: ModelFamily> {
  private let options: TrainingOptions
  private let data: TrainingData
  private let model: Family
  private let step: TrainingStep<Family>
  private let evaluator: Evaluator<Family>
  private let loader: BatchLoader
  private let marker: StepMarker?
  private let names: [String]
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  /// Done by this run.
  private var (examplesDone, stepsDone) = (0, 0)

  private var history = TrainingHistory()
  private var averages: TermAverages
  /// When the epoch under way would have begun, had nothing come in between.
  private var epochStart: ContinuousClock.Instant

  /// Gets ready to train.
  ///
  /// - Parameter marker: where to begin, and where to tell how far the steps are.
  /// - Throws: ``ResumeError/stateDoesNotFit(reason:)``, `DatasetError` or a `TensorError`.
  init(
    _ model: Family, _ data: TrainingData, _ options: TrainingOptions, _ engine: Engine,
    _ marker: StepMarker? = nil
  ) throws {
    self.options = options
    self.data = data
    self.model = model
    self.marker = marker
    let beginning = marker?.takeStart()
    step = TrainingStep(model, data: data.dataset.shape, options, engine)
    if let beginning { try step.restore(beginning.moments, beginning.steps.optimizers) }
    evaluator = Evaluator(model, data: data.dataset.shape, on: engine)
    names = try step.names(batchSize: min(options.batchSize, data.count))
    loader = try BatchLoader(
      data.dataset, indices: data.indices, batchSize: min(options.batchSize, data.count),
      order: .shuffled(seed: options.seed), startingAt: beginning?.steps.position ?? .start,
      epochs: options.epochs, contents: model.batchContents)
    history.epochs = beginning?.epochs ?? []
    averages = beginning?.steps.averages ?? TermAverages(names)
    start = clock.now
    epochStart = start - .seconds(beginning?.steps.epochSeconds ?? 0)
    guard averages.names == names else {
      throw ResumeError.stateDoesNotFit(
        reason: "it reports \(averages.names.joined(separator: ", ")) instead of "
          + names.joined(separator: ", "))
    }
    marker?.moments = step.moments
  }

  func startProfiling() throws {
    try step.startProfiling(batchSize: min(options.batchSize, data.count))
  }

  func profile() throws -> TrainingProfile {
    try step.profile(batchSize: min(options.batchSize, data.count))
  }

  func train(_ report: (TrainingProgress) throws -> TrainingControl) throws -> TrainingHistory {
    defer { loader.cancel() }
    while let batch = try loader.nextBatch() {
      let completed = try advance(on: batch)
      let progress = progress(batch.position, completed: completed)
      if let completed {
        history.epochs.append(completed)
        averages = TermAverages(names)
      }
      let reported = clock.now
      marker?.steps = TrainingState.Steps(
        position: batch.nextPosition, averages: averages,
        epochSeconds: completed == nil ? (reported - epochStart).seconds : 0,
        optimizers: step.optimizerSteps)
      let control = try report(progress)
      epochStart = completed == nil ? epochStart + (clock.now - reported) : clock.now
      if control == .stop {
        history.wasInterrupted = batch.nextPosition.epoch < options.epochs
        break
      }
    }
    return history
  }

  /// Makes a step and, where the epoch ends with it, measures what it came to.
  private func advance(on batch: borrowing LoadedBatch) throws -> EpochRecord? {
    let (position, perEpoch) = (batch.position, loader.batchesPerEpoch)
    let number = position.epoch * perEpoch + position.batch
    let total = perEpoch * options.epochs
    let rate = options.learningRate * options.schedule.factor(at: number, of: total)
    try step.run(
      on: batch, step: number, epoch: Double(number) / Double(perEpoch), learningRate: rate,
      into: &averages)
    examplesDone += batch.count
    stepsDone += 1
    guard batch.endsEpoch else { return nil }
    try checkWeights(afterEpoch: position.epoch + 1, step: number + 1)
    let validation = try validate()
    return EpochRecord(
      epoch: position.epoch + 1, learningRate: rate,
      seconds: (clock.now - epochStart).seconds, training: averages.dictionary,
      validation: validation)
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
    _ position: BatchPosition, completed: EpochRecord?
  ) -> TrainingProgress {
    let perEpoch = loader.batchesPerEpoch
    let elapsed = (clock.now - start).seconds
    let left = perEpoch * (options.epochs - position.epoch) - position.batch - 1
    return TrainingProgress(
      epoch: position.epoch + 1, epochs: options.epochs, step: position.batch + 1,
      stepsPerEpoch: perEpoch, terms: averages.means,
      examplesPerSecond: elapsed > 0 ? Double(examplesDone) / elapsed : 0, elapsed: elapsed,
      remaining: elapsed / Double(stepsDone) * Double(left), completed: completed)
  }
}
