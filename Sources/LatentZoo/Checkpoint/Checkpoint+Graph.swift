internal import HDF5

extension Checkpoint {
  /// Builds the networks of a model, without their weights: those of its family, or, where family or backbone are not
  /// installed, those its graph tells.
  static func networks(
    of record: ModelRecord, registry: Registry, in file: CheckpointFile,
    _ stored: [String: PlainDataset],
    _ path: String
  ) throws -> ModelNetworks {
    if registry.knows(record.specification) {
      var random = RandomSource(seed: 0)
      do {
        let family = try registry.makeModel(record.specification, using: &random)
        try RecordCheck(record, path).compare(with: family)
        return .family(family)
      } catch let error as any CustomStringConvertible & Error where !(error is CheckpointError) {
        throw CheckpointError.malformed(
          file: path, object: CheckpointFormat.record, reason: "cannot be used: \(error)")
      }
    }
    guard let graph = try readGraph(from: file, path) else {
      throw ModelError.familyNotInstalled(
        model: record.name, family: record.specification.family,
        plugins: record.specification.plugins)
    }
    do {
      let weights = stored.sorted { $0.key < $1.key }.map { ($0.key, Shape($0.value.shape)) }
      return .graph(
        try GraphNetworks(
          graph, weights: weights, for: record.specification.dataShape,
          latentSize: record.latentSize))
    } catch let error as GraphError {
      throw CheckpointError.malformed(
        file: path, object: CheckpointFormat.graph, reason: "\(error)")
    }
  }

  /// The graph, where the file has one.
  static func readGraph(from file: CheckpointFile, _ path: String) throws -> ModelGraph? {
    guard try file.root.contains(CheckpointFormat.graph) else { return nil }
    return try file.json(
      ModelGraph.self, in: CheckpointFormat.graph, limit: JSONLimits.graphBytes)
  }
}
