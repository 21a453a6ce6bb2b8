internal import HDF5

extension Checkpoint {
  /// Reads weights by their paths; one that the file lacks is left out.
  ///
  /// - Throws: ``CheckpointError``, or what HDF5 says.
  static func readWeights(at path: String, named names: Set<String>) throws -> [String: NDArray] {
    let stored = try weights(
      below: try open(path).root.group(CheckpointFormat.networks), prefix: "", depth: 0)
    return try stored.filter { names.contains($0.key) }.mapValues { dataset in
      NDArray(try dataset.read(as: Float.self), shape: Shape(dataset.shape))
    }
  }
}
