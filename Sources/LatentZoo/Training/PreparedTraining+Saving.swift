import Foundation

extension PreparedTraining {
  /// Trains, saving now and then.
  func train<Family: ModelFamily>(
    _ family: Family, savingTo path: String?,
    _ report: (TrainingProgress) throws -> TrainingControl
  ) throws -> TrainingHistory {
    if isUntrained { return TrainingHistory() }
    var history = TrainingHistory()
    history.epochs = formerEpochs
    history.wasInterrupted = true
    var pace = SavingPace(interval: request.checkpointInterval)
    var savedEpochs = start.map { _ in formerEpochs.count }
    do {
      return try trainer.train(family, on: data) { progress in
        if let completed = progress.completed {
          history.epochs.append(completed)
          best?.note(history, of: family)
        }
        let control = try report(progress)
        if let path, !progress.isLast, control == .stop || pace.isDue(progress) {
          try pace.saving { try save(history, to: path) }
          savedEpochs = history.epochs.count
        }
        return control
      }
    } catch {
      guard let path, let savedEpochs else { throw error }
      throw TrainingJobError.failed(reason: "\(error)", epoch: savedEpochs, checkpoint: path)
    }
  }

  /// What the checkpoint keeps so that the training can go on; `nil` where it shall not.
  var snapshot: TrainingSnapshot? {
    guard keepsTrainingState else { return nil }
    var state = request
    state.steps = marker.steps
    return TrainingSnapshot(state: state, moments: marker.moments)
  }

  /// Saves the training as it is; the best weights first, which are never older than the rest.
  private func save(_ history: TrainingHistory, to path: String) throws {
    if let best, best.isUnsaved, let weights = best.weights {
      try weights.applied(to: family) {
        let model = try makeModel(bestHistory(best), named: try bestName)
        try Checkpoint.write(model, to: CheckpointFormat.bestPath(beside: path))
      }
      self.best?.isUnsaved = false
    }
    try Checkpoint.write(try makeModel(history, named: name), training: snapshot, to: path)
  }

  /// Saves the best weights with what they measure; `nil` where there are none.
  func saveMeasuredBest(beside path: String) throws -> BestModel? {
    guard let best, let weights = best.weights, let loss = best.loss else { return nil }
    let bestPath = CheckpointFormat.bestPath(beside: path)
    try weights.applied(to: family) {
      let (model, preview) = try makeMeasuredModel(bestHistory(best), named: try bestName)
      try Checkpoint.write(
        model, preview: try preview?.picture(.stored(for: model.dataShape)),
        samples: try model.samplePicture(seed: trainer.options.seed), to: bestPath)
    }
    return BestModel(
      name: try bestName.text, epoch: best.epochs.count, loss: loss, path: bestPath)
  }

  private var bestName: ModelName {
    get throws { try ModelName(best: name) }
  }

  /// Its history ends with the epoch that the weights are of.
  private func bestHistory(_ best: BestWeights) -> TrainingHistory {
    var history = TrainingHistory()
    history.epochs = best.epochs
    return history
  }
}

extension ModelName {
  /// The name of the best weights of a training: `.best` after the model's own.
  ///
  /// - Throws: ``ZooError/badName(_:)`` where it would be too long.
  public init(best name: ModelName) throws(ZooError) {
    try self.init("\(name).best")
  }
}
