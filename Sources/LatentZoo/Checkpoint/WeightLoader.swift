internal import HDF5

/// Fills the parameters of a model from a checkpoint: straight into their memory, several at once.
struct WeightLoader {
  private let path: String
  private let stored: [String: PlainDataset]
  private let wanted: [(path: String, parameter: Parameter)]

  /// Compares names and shapes; nothing may be missing, extra or of another shape. No memory is taken.
  ///
  /// - Throws: ``CheckpointError/weightsDoNotFit(file:missing:unexpected:misshapen:)``.
  init(
    _ stored: [String: PlainDataset], for wanted: [(path: String, parameter: Parameter)],
    _ path: String
  ) throws {
    self.path = path
    self.stored = stored
    self.wanted = wanted
    let misshapen = wanted.compactMap { name, parameter -> CheckpointError.ShapeMismatch? in
      guard let found = stored[name]?.shape, found != parameter.shape.dimensions else {
        return nil
      }
      return .init(weight: name, expected: parameter.shape.dimensions, found: found)
    }
    let missing = wanted.map(\.path).filter { stored[$0] == nil }
    let unexpected = Set(stored.keys).subtracting(wanted.map(\.path)).sorted()
    guard missing.isEmpty, unexpected.isEmpty, misshapen.isEmpty else {
      throw CheckpointError.weightsDoNotFit(
        file: path, missing: missing, unexpected: unexpected, misshapen: misshapen)
    }
  }

  /// Reads all weights; the parameters change only when all have been read and found right.
  ///
  /// - Throws: ``CheckpointError/notFinite(file:weight:)``, or what HDF5 says.
  func load() throws {
    let names = wanted.map(\.path)
    let datasets = names.compactMap { stored[$0] }
    for dataset in datasets { try dataset.expect(.float32) }
    let blocks = datasets.map { Storage(count: $0.count) { _ in } }
    let outcomes = Fingerprint.take(of: datasets, into: blocks)
    for (name, (dataset, outcome)) in zip(names, zip(datasets, outcomes)) {
      let fingerprint = try outcome.get()
      try dataset.confirm(fingerprint.sha256)
      guard fingerprint.areFinite else {
        throw CheckpointError.notFinite(file: path, weight: name)
      }
    }
    for ((_, parameter), block) in zip(wanted, blocks) { parameter.adopt(block) }
  }
}
