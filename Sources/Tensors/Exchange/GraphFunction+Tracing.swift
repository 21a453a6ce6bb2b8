extension GraphFunction {
  /// Batch sizes that a recording is made with: primes, so that no other extent is a multiple of both by chance.
  private static let batchSizes = (first: 1009, second: 1013)

  /// Records a function of tensors and writes what it computes in the ONNX vocabulary.
  ///
  /// The function is recorded twice, with batches of different sizes: what differs follows the batch.
  ///
  /// - Parameters:
  ///   - inputs: names and shapes; the first extent of the first is the batch's.
  ///   - outputs: names of what the function gives.
  ///   - function: its parameters must have names.
  /// - Throws: ``GraphError/notTraceable(operation:layer:reason:)``, or the ``TensorError`` of a mistake in recording.
  public init(
    tracing inputs: [GraphValue], to outputs: [String], _ function: ([Tensor]) -> [Tensor]
  ) throws {
    let (first, second) = (
      try Recording(inputs, batchSize: Self.batchSizes.first, function),
      try Recording(inputs, batchSize: Self.batchSizes.second, function)
    )
    guard first.order.count == second.order.count,
      zip(first.order, second.order).allSatisfy({ $0.operation.name == $1.operation.name })
    else {
      throw GraphError.notTraceable(
        operation: "a network", layer: nil, reason: "its operators depend on the size of the batch")
    }
    let twins = Dictionary(
      uniqueKeysWithValues: zip(first.order.map(ObjectIdentifier.init), second.order))
    var writer = GraphWriter(
      inputs: Array(zip(first.inputs, inputs.map(\.name))), twins: twins,
      batchSizes: Self.batchSizes)
    for node in first.order { try node.operation.export(node, into: &writer) }
    self = try Self.assembled(writer, inputs, named: outputs, first.outputs)
    removeUnread()
  }

  /// Gives the results their names and joins all parts.
  private static func assembled(
    _ writer: GraphWriter, _ inputs: [GraphValue], named names: [String], _ results: [Tensor]
  ) throws(GraphError) -> GraphFunction {
    var outputs: [GraphValue] = []
    var copies: [GraphNode] = []
    var renamed: [String: String] = [:]
    for (name, result) in zip(names, results) {
      var shape: [GraphExtent] = []
      for extent in try writer.extents(of: result) {
        switch extent {
        case .fixed(let count): shape.append(.fixed(count))
        case .batch(1): shape.append(.batch)
        case .batch: throw writer.reject(result.node, "a result has more rows than the batch")
        }
      }
      outputs.append(GraphValue(name: name, shape: shape))
      let source = writer.name(of: result)
      if writer.isResult(source), renamed[source] == nil {
        renamed[source] = name
      } else {
        copies.append(GraphNode(op: "Identity", inputs: [source], outputs: [name]))
      }
    }
    return GraphFunction(
      inputs: inputs, outputs: outputs, weights: writer.weights,
      initializers: writer.initializers,
      nodes: (writer.nodes + copies).map { $0.renaming(renamed) })
  }

  /// Leaves out what no output depends on.
  private mutating func removeUnread() {
    var read = Set(outputs.map(\.name))
    var kept: [GraphNode] = []
    for node in nodes.reversed() where node.outputs.contains(where: read.contains) {
      kept.append(node)
      read.formUnion(node.inputs)
    }
    nodes = kept.reversed()
    weights.removeAll { !read.contains($0.name) }
    initializers.removeAll { !read.contains($0.name) }
  }
}

extension GraphNode {
  /// The same with other names for some values.
  fileprivate func renaming(_ names: [String: String]) -> GraphNode {
    GraphNode(
      op: op, name: name, inputs: inputs.map { names[$0] ?? $0 },
      outputs: outputs.map { names[$0] ?? $0 }, attributes: attributes)
  }
}

/// One recording of a function.
private struct Recording {
  let inputs: [Tensor]
  let outputs: [Tensor]
  let order: [Node]

  init(
    _ values: [GraphValue], batchSize: Int, _ function: ([Tensor]) -> [Tensor]
  ) throws(TensorError) {
    inputs = values.map {
      .input(Shape($0.shape.map { $0.resolved(batchSize: batchSize) }))
    }
    outputs = function(inputs)
    if let fault = outputs.lazy.compactMap(\.fault).first { throw fault }
    // Inputs first, so that one that is not read is known too.
    order = Node.topologicalOrder(inputs.map(\.node) + outputs.map(\.node))
  }
}
