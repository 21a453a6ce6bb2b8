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
    let (path, datasets) = (path, wanted.compactMap { stored[$0.path] })
    let blocks = try Concurrently.map(datasets, costs: datasets.map(\.byteCount)) { dataset in
      var isFinite = true
      let block = try Storage(count: dataset.count) { (floats) throws(HDF5Error) in
        try dataset.read(into: floats) { isFinite = isFinite && Self.isFinite($0) }
      }
      let name = dataset.path.dropFirst(CheckpointFormat.networks.count + 2)
      guard isFinite else { throw CheckpointError.notFinite(file: path, weight: String(name)) }
      return block
    }
    for ((_, parameter), block) in zip(wanted, blocks) { parameter.adopt(block) }
  }

  /// Whether no element is infinite or NaN, as fast as memory can be read.
  private static func isFinite(_ floats: UnsafeBufferPointer<Float>) -> Bool {
    var largest: UInt32 = 0
    for value in floats { largest = max(largest, value.bitPattern & 0x7FFF_FFFF) }
    return largest < 0x7F80_0000
  }
}
