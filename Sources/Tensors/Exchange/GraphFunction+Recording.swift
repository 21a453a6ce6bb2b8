extension GraphFunction {
  /// The most numbers a single value may hold: 1 GiB.
  static let mostElements = 1 << 28
  /// The most nodes of a function.
  static let mostNodes = 100_000

  /// Records what the function computes.
  ///
  /// - Parameters:
  ///   - inputs: in the function's order, all with one batch size.
  ///   - weights: by name; more than those that are named do no harm.
  /// - Returns: the outputs in the function's order.
  /// - Throws: ``GraphError``; a function from an untrusted file can do no worse.
  public func recorded(
    _ inputs: [Tensor], weights: [String: Tensor]
  ) throws(GraphError) -> [Tensor] {
    try check(inputs)
    var known = GraphOperands()
    for (value, input) in zip(self.inputs, inputs) { try known.add(value.name, .tensor(input)) }
    try add(weights, to: &known)
    try record(Array(nodes.enumerated()), into: &known)
    return try outputs(known, inputs.first?.shape.dimensions.first)
  }

  /// Records what depends on no input: values made of weights and fixed numbers alone.
  ///
  /// - Parameter weights: by name; more than those that are named do no harm.
  /// - Returns: the weights, the fixed numbers and such results by name; lists of whole numbers are left out.
  /// - Throws: ``GraphError``; a function from an untrusted file can do no worse.
  public func recordedConstants(
    weights: [String: Tensor]
  ) throws(GraphError) -> [String: Tensor] {
    var known = GraphOperands()
    try add(weights, to: &known)
    var fixed = Set(known.values.keys)
    let constants = nodes.enumerated().filter { _, node in
      let operands = node.inputs.filter { !$0.isEmpty }
      guard !operands.isEmpty, operands.allSatisfy(fixed.contains) else { return false }
      fixed.formUnion(node.outputs)
      return true
    }
    try record(constants.map { ($0.offset, $0.element) }, into: &known)
    return known.values.compactMapValues { operand in
      if case .tensor(let tensor) = operand { tensor } else { nil }
    }
  }

  /// Makes weights and fixed numbers known.
  private func add(
    _ weights: [String: Tensor], to known: inout GraphOperands
  ) throws(GraphError) {
    for weight in self.weights {
      guard let tensor = weights[weight.name], tensor.shape.dimensions == weight.shape else {
        throw .wrongInputs(
          reason: "there is no weight \"\(weight.name)\" of shape \(weight.shape)")
      }
      try known.add(weight.name, .tensor(tensor))
    }
    for value in initializers { try known.add(value.name, value.operand) }
  }

  /// Records nodes, given with their places in the function.
  private func record(
    _ nodes: [(Int, GraphNode)], into known: inout GraphOperands
  ) throws(GraphError) {
    guard nodes.count <= Self.mostNodes else {
      throw .wrongInputs(reason: "\(nodes.count) nodes are more than \(Self.mostNodes)")
    }
    var restored: [NodeReader.RestoredWeight: Tensor] = [:]
    for (place, node) in nodes {
      let label = "node \(place) (\(node.name.isEmpty ? node.op : "\(node.op) of \(node.name)"))"
      var operands: [GraphOperand?] = []
      for name in node.inputs {
        guard name.isEmpty || known.values[name] != nil else {
          throw .unknownValue(name, node: label)
        }
        operands.append(known.values[name])
      }
      var reader = NodeReader(node, label: label, operands: operands, restored: restored)
      let results = try GraphVocabulary.record(&reader)
      restored = reader.restored
      try check(results, of: node, label)
      for (name, result) in zip(node.outputs, results) where !name.isEmpty {
        try known.add(name, result)
      }
    }
  }

  private func check(_ given: [Tensor]) throws(GraphError) {
    guard given.count == inputs.count else {
      throw .wrongInputs(reason: "\(given.count) inputs are given, not \(inputs.count)")
    }
    let batchSize = given.first?.shape.dimensions.first ?? 1
    for (value, tensor) in zip(inputs, given) {
      let expected = value.shape.map { $0.resolved(batchSize: batchSize) }
      guard tensor.shape.dimensions == expected else {
        throw .wrongInputs(
          reason: "input \"\(value.name)\" has the shape \(tensor.shape), not \(expected)")
      }
    }
  }

  /// Refuses a node whose results do not fit each other or are huge.
  private func check(
    _ results: [GraphOperand], of node: GraphNode, _ label: String
  ) throws(GraphError) {
    guard node.outputs.count <= results.count else {
      throw .malformed(node: label, reason: "it names \(node.outputs.count) results")
    }
    for case .tensor(let tensor) in results {
      if let fault = tensor.fault {
        throw .malformed(node: label, reason: "\(fault)")
      }
      var count = 1
      for extent in tensor.shape.dimensions {
        let (product, overflows) = count.multipliedReportingOverflow(by: extent)
        guard !overflows, product <= Self.mostElements else {
          throw .tooLarge(node: label, elements: overflows ? .max : product)
        }
        count = product
      }
    }
  }

  private func outputs(
    _ known: GraphOperands, _ batchSize: Int?
  ) throws(GraphError) -> [Tensor] {
    var results: [Tensor] = []
    for value in outputs {
      guard case .tensor(let tensor) = known.values[value.name] else {
        throw .unknownValue(value.name, node: "the output")
      }
      let expected = value.shape.map { $0.resolved(batchSize: batchSize ?? 1) }
      guard tensor.shape.dimensions == expected else {
        throw .wrongInputs(
          reason: "output \"\(value.name)\" has the shape \(tensor.shape), not \(expected)")
      }
      results.append(tensor)
    }
    return results
  }
}

/// What nodes can name while a function is recorded.
private struct GraphOperands {
  private(set) var values: [String: GraphOperand] = [:]

  /// Makes a value known.
  ///
  /// - Throws: ``GraphError/repeatedName(_:)``.
  mutating func add(_ name: String, _ operand: GraphOperand) throws(GraphError) {
    guard values.updateValue(operand, forKey: name) == nil else { throw .repeatedName(name) }
  }
}

extension GraphInitializer {
  /// The value as an operand; whole numbers that are no list count as numbers.
  fileprivate var operand: GraphOperand {
    switch elements {
    case .integers(let values) where shape.count < 2 && type != .bool:
      .integers(values, isScalar: shape.isEmpty)
    case .integers(let values):
      .tensor(Tensor(NDArray(values.map { Float($0) }, shape: Shape(shape))))
    case .floats(let values): .tensor(Tensor(NDArray(values, shape: Shape(shape))))
    }
  }
}
