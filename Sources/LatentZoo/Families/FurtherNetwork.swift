/// A function of a family's networks beside encoding and decoding, told so that a checkpoint's graph can hold it: a
/// discriminator, a second decoder, the distribution of a code.
///
/// Any tool can then run it by name, as it runs the encoder and the decoder.
public struct FurtherNetwork {
  /// Its name in the graph: small letters, digits and underscores, such as `discriminator`.
  public let name: String
  /// What it takes.
  public let inputs: [GraphValue]
  /// Names of what it gives.
  public let outputs: [String]
  let body: ([Tensor], inout Pass) -> [Tensor]

  /// Names a function.
  ///
  /// - Parameters:
  ///   - name: its name in the graph.
  ///   - inputs: names and shapes; the first extent of each is the batch's.
  ///   - outputs: names of the results.
  ///   - body: from tensors of those shapes to as many results as names, each with a row for every example.
  public init(
    _ name: String, inputs: [GraphValue], outputs: [String],
    _ body: @escaping (_ inputs: [Tensor], _ pass: inout Pass) -> [Tensor]
  ) {
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    self.body = body
  }

  func traced() throws -> GraphFunction {
    try GraphFunction(tracing: inputs, to: outputs) { inputs in
      var pass = Pass.evaluation()
      return body(inputs, &pass)
    }
  }
}

extension GraphValue {
  /// Examples of a data set, `x`, `[N, ...dataShape]`.
  public static func examples(_ data: DataShape) -> GraphValue {
    GraphValue(name: "x", shape: [.batch] + data.dimensions.map { .fixed($0) })
  }

  /// The class of each example, `labels`, `[N]`.
  public static var labels: GraphValue { GraphValue(name: "labels", shape: [.batch]) }

  /// A vector for each example, `[N, size]`.
  public static func vectors(_ name: String, size: Int) -> GraphValue {
    GraphValue(name: name, shape: [.batch, .fixed(size)])
  }
}
