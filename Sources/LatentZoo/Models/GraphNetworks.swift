/// Networks that a checkpoint tells by its graph: they encode and decode, and cannot be trained.
public struct GraphNetworks {
  /// The functions.
  public let graph: ModelGraph
  /// The weights the file holds, by path.
  public let namedParameters: [(path: String, parameter: Parameter)]
  /// Rows to compute together, so that no value grows too large.
  private(set) var rowsTogether = 1
  private let encoder: GraphFunction

  /// Prepares networks; the weights are 0 until they are read.
  ///
  /// - Parameters:
  ///   - graph: the networks.
  ///   - weights: paths and shapes.
  ///   - data: shape of one example.
  ///   - latentSize: number of elements of a code.
  /// - Throws: `GraphError` where the graph makes no sense or does not fit data and codes.
  public init(
    _ graph: ModelGraph, weights: [(path: String, shape: Shape)], for data: DataShape,
    latentSize: Int
  ) throws {
    guard graph.opset == GraphFunction.opset else {
      throw GraphError.wrongInputs(
        reason: "its graph is of ONNX operator set \(graph.opset), known is \(GraphFunction.opset)")
    }
    guard let encoder = graph.functions[ModelGraph.encoder] else {
      throw GraphError.wrongInputs(reason: "its graph has no encoder")
    }
    self.graph = graph
    self.encoder = encoder
    namedParameters = weights.map { path, shape in
      (path, Parameter(shape, path: path) { NDArray(repeating: 0, shape: shape) })
    }
    let example = data.batched(1)
    if !needsLabels {
      try check(try encode([.input(example)]), is: [1, latentSize], "code")
    }
    if takesLabels {
      try check(try encode([.input(example), .input([1])]), is: [1, latentSize], "code")
    }
    if hasDecoder { try check(try decode(.input([1, latentSize])), is: example, "data") }
    rowsTogether = try mostRows(data, latentSize)
  }

  /// Whether codes can be turned back into data.
  public var hasDecoder: Bool { graph.functions[ModelGraph.decoder] != nil }

  /// Whether examples can be encoded only together with their classes.
  public var needsLabels: Bool { encoder.inputs.count > 1 }

  /// Whether examples can be encoded together with their classes.
  public var takesLabels: Bool {
    needsLabels || graph.functions[ModelGraph.labelledEncoder] != nil
  }

  /// The codes of examples: `[B, ...dataShape]`, and labels `[B]` where they are given, to `[B, latentSize]`.
  ///
  /// - Throws: `GraphError`.
  public func encode(_ inputs: [Tensor]) throws -> Tensor {
    guard inputs.count > 1, let labelled = graph.functions[ModelGraph.labelledEncoder] else {
      return try apply(encoder, inputs)
    }
    return try apply(labelled, inputs)
  }

  /// Data from codes: `[B, latentSize]` to `[B, ...dataShape]`.
  ///
  /// - Throws: `GraphError`.
  public func decode(_ z: Tensor) throws -> Tensor {
    guard let decoder = graph.functions[ModelGraph.decoder] else {
      throw GraphError.wrongInputs(reason: "its graph has no decoder")
    }
    return try apply(decoder, [z])
  }

  private func apply(_ function: GraphFunction, _ inputs: [Tensor]) throws(GraphError) -> Tensor {
    let weights = Dictionary(namedParameters.map { ($0.path, $0.parameter.tensor) }) { $1 }
    guard let result = try function.recorded(inputs, weights: weights).first else {
      throw .wrongInputs(reason: "a function of its graph has no output")
    }
    return result
  }

  private func check(
    _ result: Tensor, is shape: Shape, _ what: String
  ) throws(GraphError) {
    guard result.shape == shape else {
      throw .wrongInputs(reason: "its graph gives \(what) of shape \(result.shape), not \(shape)")
    }
  }

  /// The most rows, up to those a model computes together anyhow, for which all values stay small enough.
  private func mostRows(_ data: DataShape, _ latentSize: Int) throws -> Int {
    for rows in [Model.rowsTogether, 100, 20, 4] {
      do {
        _ = try encode([.input(data.batched(rows))] + (takesLabels ? [.input([rows])] : []))
        if hasDecoder { _ = try decode(.input([rows, latentSize])) }
        return rows
      } catch GraphError.tooLarge {
        continue
      }
    }
    return 1
  }
}
