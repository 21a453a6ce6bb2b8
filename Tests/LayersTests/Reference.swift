import Foundation

/// What PyTorch computes, as `Reference/make_reference.py` wrote it.
struct Reference: Decodable {
  struct Function: Decodable {
    let value: [Double]
    let gradient: [Double]
  }
  struct LinearLayer: Decodable {
    let output: [Double]
    let input: [Double]
    let weight: [Double]
    let bias: [Double]
  }
  struct BinaryCrossEntropy: Decodable {
    let logits: [Double]
    let targets: [Double]
    let losses: [Double]
    let gradient: [Double]
  }

  /// For each optimiser all parameters after a number of steps.
  let optimizers: [String: [String: [Double]]]
  let linear: LinearLayer
  /// Where the activations were computed.
  let points: [Double]
  let activations: [String: Function]
  let binaryCrossEntropy: BinaryCrossEntropy

  static func load() throws -> Reference {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Reference/reference.json")
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
  }
}
