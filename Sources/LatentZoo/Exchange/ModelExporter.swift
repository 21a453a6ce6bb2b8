import Foundation
internal import HDF5

/// A checkpoint as other tools see it: networks made of ONNX operators, weights by name, and what is known about them.
///
/// The family need not be known. Extensions write it in the formats of other tools.
public struct ModelExporter {
  /// The checkpoint's file.
  public let path: String
  /// What is known about the model.
  public let record: ModelRecord
  /// The networks.
  public let graph: ModelGraph
  /// SHA-256 of the checkpoint.
  let digest: String
  /// Every weight of the file.
  let tensors: [StoredTensor]

  /// Reads everything but the weights.
  ///
  /// - Throws: ``ExchangeError/noGraph(file:)``, ``CheckpointError``, or what HDF5 says.
  public init(checkpoint path: String) throws {
    self.path = path
    let contents = try Checkpoint.readContents(at: path)
    record = contents.record
    tensors = contents.tensors
    let file = try Checkpoint.open(path)
    guard let graph = try Checkpoint.readGraph(from: file, path) else {
      throw ExchangeError.noGraph(file: path)
    }
    self.graph = graph
    digest = try file.digest()
  }

  /// The parts that are exported unless one is asked for: those that encode and decode.
  public var parts: [NetworkPart] {
    [.encoder, .labelledEncoder, .decoder].filter { graph.functions[$0.rawValue] != nil }
  }

  /// The network of a part.
  ///
  /// - Throws: ``ExchangeError/noPart(model:part:reason:)``.
  func function(_ part: NetworkPart) throws(ExchangeError) -> GraphFunction {
    guard let function = graph.functions[part.rawValue] else {
      let known = graph.functions.keys.sorted().joined(separator: ", ")
      throw .noPart(
        model: record.name, part: part.rawValue,
        reason: graph.untraceable[part.rawValue] ?? "it has \(known)")
    }
    return function
  }

  /// The values of the weights that are named.
  ///
  /// - Throws: ``CheckpointError``, or what HDF5 says.
  func weights(named names: [String]) throws -> [String: NDArray] {
    try Checkpoint.readWeights(at: path, named: Set(names))
  }
}
