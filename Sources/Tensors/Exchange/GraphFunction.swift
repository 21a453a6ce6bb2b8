/// A network that any tool can run: operators of the ONNX vocabulary from inputs and weights to outputs.
///
/// Made by tracing a recorded graph, kept in checkpoints as JSON, run on tensors, and exported to
/// other formats. The extent of the batch is free.
public struct GraphFunction: Hashable, Codable, Sendable {
  /// What a run is given.
  public var inputs: [GraphValue]
  /// What it gives.
  public var outputs: [GraphValue]
  /// The weights that nodes name, in order of first use.
  public var weights: [GraphWeight]
  /// The fixed values that nodes name.
  public var initializers: [GraphInitializer]
  /// The operators, each after those whose results it takes.
  public var nodes: [GraphNode]

  /// Version of the ONNX operator set whose operators nodes are.
  public static let opset = 21

  /// Joins the parts.
  public init(
    inputs: [GraphValue], outputs: [GraphValue], weights: [GraphWeight],
    initializers: [GraphInitializer], nodes: [GraphNode]
  ) {
    self.inputs = inputs
    self.outputs = outputs
    self.weights = weights
    self.initializers = initializers
    self.nodes = nodes
  }
}

/// An input or an output of a ``GraphFunction``.
public struct GraphValue: Hashable, Codable, Sendable {
  /// Its name, such as `x`.
  public let name: String
  /// Of each element.
  public let type: GraphType
  /// Its extents.
  public let shape: [GraphExtent]

  /// Names a value.
  public init(name: String, type: GraphType = .float32, shape: [GraphExtent]) {
    self.name = name
    self.type = type
    self.shape = shape
  }
}

/// A weight that a ``GraphFunction`` reads; always float32.
public struct GraphWeight: Hashable, Codable, Sendable {
  /// Its path, such as `encoder/head/weight`.
  public let name: String
  /// Its extents.
  public let shape: [Int]

  /// Names a weight.
  public init(name: String, shape: [Int]) {
    self.name = name
    self.shape = shape
  }
}

/// One application of an ONNX operator.
public struct GraphNode: Hashable, Codable, Sendable {
  /// The operator, such as `Gemm`.
  public let op: String
  /// Where it comes from, such as `encoder/head`; for people only.
  public let name: String
  /// Names of inputs, weights, initializers or results of earlier nodes; empty for an optional operand that is left out.
  public let inputs: [String]
  /// Names of its results; empty for one that nobody reads.
  public let outputs: [String]
  /// Its attributes under their ONNX names.
  public let attributes: [String: Attribute]

  /// Joins the parts.
  public init(
    op: String, name: String = "", inputs: [String], outputs: [String],
    attributes: [String: Attribute] = [:]
  ) {
    self.op = op
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    self.attributes = attributes
  }
}
