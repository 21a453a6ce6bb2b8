/// A network as a file that ONNX Runtime and its like run.
///
/// Inputs and outputs keep the names and the free batch of the `GraphFunction`. The weights lie in the file or, where
/// they are `external`, in the checkpoint, which must then lie in the same folder.
public struct ONNXModel: Sendable {
  /// Where the weights are.
  public enum Weights: Sendable {
    /// In the file itself, by name.
    case inside([String: NDArray])
    /// In another file of the same folder, which is named without a path: where each begins, bytes.
    case external(file: String, offsets: [String: Int])
  }

  /// Name of the graph, such as `vae-digits.encoder`.
  public let name: String
  /// The operators.
  public let function: GraphFunction
  /// The weights that the function names.
  public let weights: Weights
  /// A line for people.
  public let summary: String
  /// What else is known, shown by viewers.
  public let metadata: [String: String]

  /// Version of the file format; the first with opset 21.
  public static let formatVersion = 10
  /// The most bytes a Protocol Buffers message may have.
  public static let largestSize = Int(Int32.max)

  /// Joins the parts.
  public init(
    name: String, function: GraphFunction, weights: Weights, summary: String = "",
    metadata: [String: String] = [:]
  ) {
    self.name = name
    self.function = function
    self.weights = weights
    self.summary = summary
    self.metadata = metadata
  }

  /// Writes the file, as a whole or not at all.
  ///
  /// - Throws: ``ExchangeError/weightMissing(model:weight:)``, ``ExchangeError/tooLargeForONNX(path:bytes:)`` or a
  ///   `DatasetError`.
  public func write(to path: String) throws {
    let message = try message()
    guard message.count <= Self.largestSize else {
      throw ExchangeError.tooLargeForONNX(path: path, bytes: message.count)
    }
    try OutputFile.write(message.chunks, to: path)
  }
}
