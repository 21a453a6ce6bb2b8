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
  /// The batch that the training goes on with; `nil` where it begins.
  public let start: BatchPosition?
  /// What computes, and how to train.
  public private(set) var trainer: Trainer
  /// How the training was asked for; where its steps are changes as it goes on.
  let request: TrainingState
  /// Where the steps begin and where they are.
  let marker: StepMarker
  let keepsTrainingState: Bool
  let isUntrained: Bool
  /// The epochs trained before.
  let formerEpochs: [EpochRecord]
  /// The best weights so far, where they are wanted.
  var best: BestWeights?
  private let testPart: Dataset?
  private let licence: String

  /// Most training examples whose codes the density is fitted on.
  private static let mostCodes = 10_000
  /// Most originals in the preview.
  private static let mostPreviewed = 8

  init(
    _ family: any ModelFamily, specification: ModelSpecification, job: TrainingJob, name: ModelName,
    request: TrainingState, data: TrainingData, testPart: Dataset?, trainer: Trainer,
    start: StepMarker.Start?
  ) {
    self.family = family
    self.name = name
    self.specification = specification
    self.request = request
    self.data = data
    self.testPart = testPart
    self.trainer = trainer
    licence = job.licence
    isUntrained = job.isUntrained
    keepsTrainingState = job.keepsTrainingState && !job.isUntrained
    formerEpochs = start?.epochs ?? []
    self.start = start?.steps.position
    marker = StepMarker(startingAt: start)
    self.trainer.marker = marker
    if request.keepsBest { best = BestWeights(objective: family.firstObjective) }
  }

  /// Times every kernel of the training steps, and calls `report` after the last with where the time went.
  public func reportProfile(_ report: @escaping (TrainingProfile) -> Void) {
    trainer.reportProfile = report
  }

  /// Trains, measures and saves.
  ///
  /// A long training also saves what it has on the way, by default at most once a minute and never so often that it takes a
  /// noticeable share of the time. A training that is stopped by `report` is saved at once, and then measured and saved like
  /// any other.
  ///
  /// - Parameters:
  ///   - path: the checkpoint file, which is replaced; `nil` to keep the model in memory.
  ///   - report: called after every step.
  /// - Throws: ``TrainingJobError`` where training failed after a checkpoint was saved; ``TrainingError``,
  ///   ``ResumeError``, `TensorError`, ``CheckpointError``, or what `report` throws.
  public func run(
    savingTo path: String? = nil,
    report: (TrainingProgress) throws -> TrainingControl = { _ in .proceed }
  ) throws -> TrainedModel {
    let lock = try path.map { try ZooLock(for: $0) }
    defer { lock?.release() }
    if let path {
      // The weights, moments that may be kept of them, and room for all that is beside them.
      let copies = keepsTrainingState ? 3 : 1
      let bytes = 4 * copies * family.parameterCount + (128 << 10)
      try DurableFile.checkRoom(for: bytes, at: path)
    }
    let history = try train(family, savingTo: path, report)
    let (model, preview) = try makeMeasuredModel(history, named: name)
    var saved: BestModel?
    if let path {
      saved = try saveMeasuredBest(beside: path)
      try Checkpoint.write(
        model, preview: try preview?.picture(.stored(for: model.dataShape)),
        samples: try model.samplePicture(seed: trainer.options.seed), training: snapshot, to: path)
    }
    return TrainedModel(
      model: model, preview: preview, path: path, best: saved,
      canResume: keepsTrainingState && path != nil)
  }

  /// A model with the present weights, a density of its codes, and what it measures on held-back data.
  func makeMeasuredModel(
    _ history: TrainingHistory, named name: ModelName
  ) throws -> (model: Model, preview: PreviewPairs?) {
    let model = try makeModel(history, named: name)
    model.record.metrics = try measured(model)
    return (model, try previewPairs(of: model))
  }

  /// A model with the present weights and a density of its codes.
  func makeModel(_ history: TrainingHistory, named name: ModelName) throws -> Model {
    let model = Model(
      family, record: record(named: name), vocabulary: data.dataset.vocabulary, history: history,
      on: trainer.engine)
    guard model.hasDecoder else { return model }
    let codes = try model.encode(data.dataset, indices: data.spread(atMost: Self.mostCodes))
    model.density = try LatentDensity(fitting: codes, on: trainer.engine)
    return model
  }

  private func record(named name: ModelName) -> ModelRecord {
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

extension ModelFamily {
  /// Name of the objective whose loss tells how good the model is.
  var firstObjective: String { objectives.first?.name ?? "loss" }
}
