import Foundation

/// A training whose names, settings and data have been checked; it only needs to be run.
public final class PreparedTraining {
  /// Name of the model.
  public let name: ModelName
  /// What the networks are built from.
  public let specification: ModelSpecification
  /// The networks; training changes their parameters in place.
  public let family: any ModelFamily
  /// What is trained on and what is held back.
  public let data: TrainingData
  /// What computes, and how to train.
  public private(set) var trainer: Trainer
  private let testPart: Dataset?
  private let checkpointInterval: Double
  private let licence: String
  private let isUntrained: Bool

  /// Most training examples whose codes the density is fitted on.
  private static let mostCodes = 10_000
  /// Most originals in the preview.
  private static let mostPreviewed = 8

  init(
    _ family: any ModelFamily, name: ModelName, specification: ModelSpecification,
    data: TrainingData, testPart: Dataset?, trainer: Trainer,
    checkpointInterval: Double, licence: String, isUntrained: Bool
  ) {
    self.isUntrained = isUntrained
    self.family = family
    self.name = name
    self.specification = specification
    self.data = data
    self.testPart = testPart
    self.trainer = trainer
    self.checkpointInterval = checkpointInterval
    self.licence = licence
  }

  /// Times every kernel of the training steps, and calls `report` after the last with where the time went.
  public func reportProfile(_ report: @escaping (TrainingProfile) -> Void) {
    trainer.reportProfile = report
  }

  /// Trains, measures and saves.
  ///
  /// A long training also saves what it has at the end of an epoch, by default at most once a minute. A training that is
  /// stopped by `report` is measured and saved like any other.
  ///
  /// - Parameters:
  ///   - path: the checkpoint file, which is replaced; `nil` to keep the model in memory.
  ///   - report: called after every step.
  /// - Throws: ``TrainingJobError`` where training failed after a checkpoint was saved; ``TrainingError``,
  ///   ``TensorError``, ``CheckpointError``, or what `report` throws.
  public func run(
    savingTo path: String? = nil,
    report: (TrainingProgress) throws -> TrainingControl = { _ in .proceed }
  ) throws -> TrainedModel {
    if let path {
      // The weights, and room for all that is kept beside them.
      let bytes = 4 * family.parameterCount + (128 << 10)
      try DurableFile.checkRoom(for: bytes, at: path)
    }
    let history = try train(family, savingTo: path, report)
    let model = try makeModel(history)
    model.record.metrics = try measured(model)
    let preview = try previewPairs(of: model)
    if let path { try Checkpoint.write(model, preview: try preview?.picture(), to: path) }
    return TrainedModel(model: model, preview: preview, path: path)
  }

  /// Trains, saving now and then.
  private func train<Family: ModelFamily>(
    _ family: Family, savingTo path: String?,
    _ report: (TrainingProgress) throws -> TrainingControl
  ) throws -> TrainingHistory {
    if isUntrained { return TrainingHistory() }
    let clock = ContinuousClock()
    var history = TrainingHistory()
    history.wasInterrupted = true
    var (lastSave, savedEpoch) = (clock.now, 0)
    do {
      return try trainer.train(family, on: data) { progress in
        if let completed = progress.completed {
          history.epochs.append(completed)
          let isDue = (clock.now - lastSave).seconds >= checkpointInterval
          if let path, isDue, completed.epoch < progress.epochs {
            try Checkpoint.write(try makeModel(history), to: path)
            (lastSave, savedEpoch) = (clock.now, completed.epoch)
          }
        }
        return try report(progress)
      }
    } catch {
      guard let path, savedEpoch > 0 else { throw error }
      throw TrainingJobError.failed(reason: "\(error)", epoch: savedEpoch, checkpoint: path)
    }
  }

  /// The model as it is now, with a density of its codes.
  private func makeModel(_ history: TrainingHistory) throws -> Model {
    let model = Model(
      family, record: record, vocabulary: data.dataset.vocabulary, history: history,
      on: trainer.engine)
    guard model.hasDecoder else { return model }
    let codes = try model.encode(data.dataset, indices: data.spread(atMost: Self.mostCodes))
    model.density = try LatentDensity(fitting: codes, on: trainer.engine)
    return model
  }

  private var record: ModelRecord {
    let dataset = data.dataset
    var options = trainer.options
    if isUntrained { options.epochs = 0 }
    return ModelRecord(
      name: name.text, specification: specification, latentSize: family.latentSize,
      parameterCount: family.parameterCount, prior: family.codePrior,
      sampledClassCount: family.sampledClassCount, preprocessing: dataset.preprocessing,
      data: dataset.provenance, training: options, metrics: [],
      libraryVersion: libraryVersion, createdAt: Date().formatted(.iso8601),
      threadCount: trainer.engine.threadCount, licence: licence, parent: "")
  }

  /// Metrics on the test part, else on the validation examples; none where nothing was held back.
  private func measured(_ model: Model) throws -> [MetricReport] {
    let seed = trainer.options.seed
    let source = data.dataset.provenance.source
    if let testPart {
      return [
        MetricReport(
          data: "test part of \(source)", count: testPart.count, seed: seed,
          values: try model.metrics(on: testPart, seed: seed))
      ]
    }
    guard let (dataset, indices) = data.validation else { return [] }
    return [
      MetricReport(
        data: "validation examples of \(source)", count: indices?.count ?? dataset.count,
        seed: seed, values: try model.metrics(on: dataset, indices: indices, seed: seed))
    ]
  }

  /// A few held-back images with their reconstructions; `nil` for data that cannot be drawn.
  private func previewPairs(of model: Model) throws -> PreviewPairs? {
    guard model.hasDecoder, let channels = data.dataset.shape.channels,
      channels == 1 || channels == 3
    else {
      return nil
    }
    let (dataset, indices) = data.validation ?? (data.dataset, data.indices)
    let chosen = Array((indices ?? Array(0..<dataset.count)).prefix(Self.mostPreviewed))
    let labels = dataset.labels.map { labels in chosen.map { labels[$0] } }
    let originals = try dataset.examples(chosen)
    return PreviewPairs(
      originals: originals, reconstructions: try model.reconstruct(originals, labels: labels))
  }
}

extension TrainingData {
  /// At most `limit` of the examples trained on, evenly spread.
  func spread(atMost limit: Int) -> [Int] {
    let chosen = min(count, limit)
    return (0..<chosen).map { place in
      let position = place * count / chosen
      return indices?[position] ?? position
    }
  }
}
