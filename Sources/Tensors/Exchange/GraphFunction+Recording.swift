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
    var known: [String: GraphOperand] = [:]
    func add(_ name: String, _ operand: GraphOperand) throws(GraphError) {
      guard known.updateValue(operand, forKey: name) == nil else { throw .repeatedName(name) }
    }
    try check(inputs)
    guard nodes.count <= Self.mostNodes else {
      throw .wrongInputs(reason: "\(nodes.count) nodes are more than \(Self.mostNodes)")
    }
    for (value, input) in zip(self.inputs, inputs) { try add(value.name, .tensor(input)) }
    for weight in self.weights {
      guard let tensor = weights[weight.name], tensor.shape.dimensions == weight.shape else {
        throw .wrongInputs(
          reason: "there is no weight \"\(weight.name)\" of shape \(weight.shape)")
      }
      try add(weight.name, .tensor(tensor))
    }
    for value in initializers { try add(value.name, value.operand) }
    var restored: [NodeReader.RestoredWeight: Tensor] = [:]
    for (place, node) in nodes.enumerated() {
      let label = "node \(place) (\(node.name.isEmpty ? node.op : "\(node.op) of \(node.name)"))"
      var operands: [GraphOperand?] = []
      for name in node.inputs {
        guard name.isEmpty || known[name] != nil else {
          throw .unknownValue(name, node: label)
        }
        operands.append(known[name])
      }
      var reader = NodeReader(node, label: label, operands: operands, restored: restored)
      let results = try GraphVocabulary.record(&reader)
      restored = reader.restored
      try check(results, of: node, label)
      for (name, result) in zip(node.outputs, results) where !name.isEmpty {
        try add(name, result)
      }
    }
    return try outputs(known, inputs.first?.shape.dimensions.first)
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
    _ known: [String: GraphOperand], _ batchSize: Int?
  ) throws(GraphError) -> [Tensor] {
    var results: [Tensor] = []
    for value in outputs {
      guard case .tensor(let tensor) = known[value.name] else {
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
