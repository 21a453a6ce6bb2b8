/// The weights of the epoch with the least validation loss so far.
struct BestWeights {
  /// The loss that is watched: that of the family's first objective.
  let objective: String
  /// The epochs up to the best; empty before the first.
  private(set) var epochs: [EpochRecord] = []
  /// The weights after the last of ``epochs``; `nil` where they are in a file only.
  private(set) var weights: Weights?
  /// Whether the weights were not saved yet.
  var isUnsaved = false

  /// Begins to watch.
  init(objective: String) { self.objective = objective }

  /// Goes on watching.
  ///
  /// - Parameters:
  ///   - epochs: those trained so far.
  ///   - saved: the best so far as it was saved; `nil` where that is lost.
  init(objective: String, after epochs: [EpochRecord], saved: Model?) {
    self.objective = objective
    if let saved {
      self.epochs = saved.history.epochs
      weights = Weights(of: saved.parameters)
    } else {
      for count in epochs.indices where isBetter(epochs[count]) {
        self.epochs = Array(epochs[...count])
      }
    }
  }

  /// The least loss so far.
  var loss: Double? { epochs.last?.validation[objective] }

  /// Keeps a copy of the weights where the epoch just completed is the best so far.
  mutating func note(_ history: TrainingHistory, of family: any ModelFamily) {
    guard let completed = history.epochs.last, isBetter(completed) else { return }
    epochs = history.epochs
    weights = Weights(of: family.parameters)
    isUnsaved = true
  }

  private func isBetter(_ epoch: EpochRecord) -> Bool {
    guard let found = epoch.validation[objective] else { return false }
    return loss.map { found < $0 } ?? true
  }
}

/// A copy of a model's weights.
struct Weights {
  private let values: [NDArray]

  init(of parameters: [Parameter]) { values = parameters.map(\.value) }

  /// Gives the weights to the model for as long as `body` runs.
  func applied<Result>(to family: any ModelFamily, _ body: () throws -> Result) rethrows -> Result {
    let parameters = family.parameters
    let former = Weights(of: parameters)
    put(into: parameters)
    defer { former.put(into: parameters) }
    return try body()
  }

  private func put(into parameters: [Parameter]) {
    for (parameter, value) in zip(parameters, values) { parameter.value = value }
  }
}
