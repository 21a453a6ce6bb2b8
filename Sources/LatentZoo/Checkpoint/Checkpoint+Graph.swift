import Foundation
internal import HDF5

extension Checkpoint {
  /// Builds the networks of a model, without their weights: those of its family, or, where family or backbone are not
  /// installed, those its graph tells.
  static func networks(
    of record: ModelRecord, registry: Registry, in file: File, _ stored: [String: HDF5.Dataset],
    _ path: String
  ) throws -> ModelNetworks {
    if registry.knows(record.specification) {
      var random = RandomSource(seed: 0)
      return .family(try registry.makeModel(record.specification, using: &random))
    }
    guard let graph = try readGraph(from: file, path) else {
      throw ModelError.familyNotInstalled(
        model: record.name, family: record.specification.family)
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
  static func readGraph(from file: File, _ path: String) throws -> ModelGraph? {
    guard try file.root.contains(CheckpointFormat.graph) else { return nil }
    let text = try file.root.dataset(CheckpointFormat.graph).readString()
    do {
      return try JSONDecoder().decode(ModelGraph.self, from: Data(text.utf8))
    } catch let error as DecodingError {
      throw CheckpointError.malformed(
        file: path, object: CheckpointFormat.graph, reason: reason(of: error))
    }
  }
}
