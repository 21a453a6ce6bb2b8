import Foundation
internal import HDF5

/// The networks of a checkpoint as operators.
private struct StoredGraph: Codable {
  let opset: Int
  let functions: [String: GraphFunction]
}

extension Checkpoint {
  static func readGraph(at path: String) throws -> [String: GraphFunction] {
    let text = try open(path).root.dataset("graph").readString()
    return try JSONDecoder().decode(StoredGraph.self, from: Data(text.utf8)).functions
  }

  static func readWeights(at path: String, named names: Set<String>) throws -> [String: NDArray] {
    let file = try open(path)
    let stored = try weights(
      below: try file.root.group(CheckpointFormat.networks), prefix: "", depth: 0)
    return try stored.filter { names.contains($0.key) }.mapValues { dataset in
      NDArray(try dataset.read(as: Float.self), shape: Shape(dataset.shape))
    }
  }
}
