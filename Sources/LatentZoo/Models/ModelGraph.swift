/// The networks of a model as any tool can run them, by name.
public struct ModelGraph: Hashable, Codable, Sendable {
  /// Version of the ONNX operator set.
  public let opset: Int
  /// What the networks compute: ``encoder`` from data `x` (and `labels` where the family is conditional) to codes `z`, and
  /// ``decoder`` from codes to data, where there is one.
  public let functions: [String: GraphFunction]

  /// Name of the function from data to codes.
  public static let encoder = "encoder"
  /// Name of the function from codes to data.
  public static let decoder = "decoder"

  /// Joins functions.
  public init(_ functions: [String: GraphFunction]) {
    opset = GraphFunction.opset
    self.functions = functions
  }
}
