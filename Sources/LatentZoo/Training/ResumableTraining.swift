import Foundation

/// A training that a checkpoint keeps, to go on with: what `latentzoo train --resume` does, for any program.
///
///     var training = try ResumableTraining(at: "vae-digits.h5")
///     training.epochs = 20
///     let prepared = try training.prepared(on: try training.openData(), registry: registry)
///     let trained = try prepared.run(savingTo: "vae-digits.h5")
///
/// The weights are bit for bit those of a training that was never interrupted, on the same machine and as many threads;
/// where ``epochs`` differs, only as far as the learning rate's schedule does not look at it. A family that is not trained by
/// steps, such as `pca`, is fitted anew.
public struct ResumableTraining: Sendable {
  /// The file.
  public let path: String
  /// What is known about the model.
  public let record: ModelRecord
  /// How the training was asked for, and how far it is.
  public let state: TrainingState
  /// The course of the training so far.
  public let history: TrainingHistory
  /// Passes over the training examples in all.
  public var epochs: Int
  /// Least time between two checkpoints, seconds; see ``TrainingJob/checkpointInterval``.
  public var checkpointInterval: Double
  /// Whether the best weights are kept; see ``TrainingJob/keepsBest``.
  public var keepsBest: Bool
  /// Whether what is saved can be gone on with.
  public var keepsTrainingState = true
  /// Where to read the data instead; its content must be the same.
  public var source: DataSource?
  /// How to read it.
  public var dataOptions: [String: String]

  /// Reads everything but weights and moments.
  ///
  /// - Throws: ``ResumeError/noState(name:)``, ``CheckpointError``, or what HDF5 says.
  public init(at path: String) throws {
    self.path = path
    let contents = try Checkpoint.readContents(at: path)
    record = contents.record
    history = contents.history
    guard let state = try Checkpoint.readTrainingState(at: path) else {
      throw ResumeError.noState(name: record.name)
    }
    self.state = state
    epochs = record.training.epochs
    checkpointInterval = state.checkpointInterval
    keepsBest = state.keepsBest
    dataOptions = state.data.options
  }

  /// Whether nothing is left to do.
  public var isFinished: Bool {
    guard let steps = state.steps else { return !history.wasInterrupted }
    return steps.position.epoch == epochs && steps.position.batch == 0
  }

  /// Reads the data.
  ///
  /// - Throws: `DatasetError`.
  public func openData() throws -> DataParts {
    try (source ?? DataSource(parsing: state.data.source))
      .open(DataOptions(values: dataOptions))
  }

  /// Checks that the training can go on, and takes networks and optimisers to where they were.
  ///
  /// - Throws: ``ResumeError``, ``TrainingError``, ``CheckpointError``, ``ConfigurationError``, ``ModelError`` or
  ///   `DatasetError`.
  public func prepared(
    on data: DataParts, registry: Registry, engine: Engine = .shared
  ) throws -> PreparedTraining {
    let done = state.steps?.position ?? .start
    guard epochs > done.epoch || epochs == done.epoch && done.batch == 0 else {
      throw ResumeError.tooFewEpochs(name: record.name, completed: done.epoch, asked: epochs)
    }
    try checkInstalled(registry)
    let job = try makeJob()
    // What is fitted anew begins with the values it had at first.
    let model = try state.steps.map { _ in
      try Checkpoint.read(at: path, registry: registry, on: engine)
    }
    try check(data, against: model?.vocabulary)
    let start = try state.steps.map { steps in
      StepMarker.Start(
        steps: steps, moments: try Checkpoint.readMoments(of: steps.optimizers, at: path),
        epochs: history.epochs)
    }
    // Weights and moments were read after the state: they belong together where that is still the same.
    guard try Checkpoint.readTrainingState(at: path) == state else {
      throw ResumeError.changedMeanwhile(name: record.name)
    }
    let prepared = try job.prepared(
      try model?.installedFamily() ?? initialFamily(of: job, registry), record.specification,
      on: data, engine,
      start: start)
    if keepsBest {
      prepared.best = BestWeights(
        objective: prepared.family.firstObjective, after: start?.epochs ?? [],
        saved: start == nil ? nil : try openBest(registry, engine))
    }
    return prepared
  }

  private func makeJob() throws -> TrainingJob {
    var job = TrainingJob(family: record.specification.family)
    job.name = try ModelName(record.name)
    job.options = record.training
    job.options.epochs = epochs
    job.validation = state.validation
    job.source = source?.text ?? state.data.source
    job.dataOptions = dataOptions
    job.checkpointInterval = checkpointInterval
    job.keepsTrainingState = keepsTrainingState
    job.keepsBest = keepsBest
    job.labelLimit = state.labelLimit
    job.licence = record.licence
    return job
  }

  /// The networks with the values they had at first.
  private func initialFamily(
    of job: TrainingJob, _ registry: Registry
  ) throws -> any ModelFamily {
    var random = job.initialValues
    return try registry.makeModel(record.specification, using: &random)
  }

  /// The best weights so far, where they are still there and of this training.
  private func openBest(_ registry: Registry, _ engine: Engine) throws -> Model? {
    let bestPath = CheckpointFormat.bestPath(beside: path)
    guard FileManager.default.fileExists(atPath: bestPath) else { return nil }
    let best = try Checkpoint.read(at: bestPath, registry: registry, on: engine)
    var training = best.record.training
    training.epochs = record.training.epochs
    let isOurs =
      best.record.specification == record.specification && best.record.data == record.data
      && training == record.training && !best.history.epochs.isEmpty
    return isOurs ? best : nil
  }

  private func check(_ data: DataParts, against vocabulary: Vocabulary?) throws(ResumeError) {
    var difference = state.data.difference(to: data)
    if difference == nil, record.specification.data != data.train.signature {
      difference = "its examples are of another kind"
    }
    if difference == nil, let vocabulary, vocabulary != data.train.vocabulary {
      difference = "its words are numbered in another way"
    }
    guard let difference else { return }
    throw .dataChanged(
      name: record.name, source: source?.text ?? state.data.source, difference: difference)
  }

  private func checkInstalled(_ registry: Registry) throws(ResumeError) {
    let specification = record.specification
    if !registry.families.contains(where: { $0.identifier == specification.family }) {
      throw .notInstalled(
        name: record.name, kind: "family", identifier: specification.family,
        plugins: specification.plugins)
    }
    if !registry.backbones.contains(where: { $0.identifier == specification.backbone }) {
      throw .notInstalled(
        name: record.name, kind: "backbone", identifier: specification.backbone,
        plugins: specification.plugins)
    }
  }
}
