extension KerasTranslation {
  /// Translates one operator.
  ///
  /// - Parameter name: the result that is wanted where it has several.
  mutating func translated(_ node: GraphNode, giving name: String) throws -> KerasValue {
    switch node.op {
    case "Gemm": return try dense(node)
    case "Conv": return try convolution(node)
    case "ConvTranspose": return try transposedConvolution(node)
    case "BatchNormalization": return try batchNormalization(node)
    case "GroupNormalization": return try groupNormalization(node)
    case "Relu", "Sigmoid", "Tanh", "Softplus":
      return append(
        activation: "Activation", ["activation": .string(node.op.lowercased())],
        of: try value(node.inputs[0]), node)
    case "Exp":
      return append(
        activation: "Activation", ["activation": "exponential"], of: try value(node.inputs[0]), node
      )
    case "Identity": return try value(node.inputs[0])
    case "Softmax": return try softmax(node)
    case "Add", "Sub", "Mul", "Div": return try arithmetic(node)
    case "Concat": return try concatenated(node)
    case "Split": return try piece(name, of: node)
    case "OneHot": return try oneHot(node)
    case "Resize": return try resized(node)
    case "Transpose": return try transposed(node)
    case "Reshape": return try reshaped(node)
    default: throw rejection(of: node, "no layer of Keras says the same")
    }
  }

  /// `x · B + C` or `x · Bᵀ + C`
  private mutating func dense(_ node: GraphNode) throws -> KerasValue {
    let settings = node.attributes.filter { $0.value != .float(1) && $0.value != .int(0) }
    guard settings.keys.allSatisfy({ $0 == "transB" }), let weight = try constant(node.inputs[1]),
      weight.shape.rank == 2
    else { throw rejection(of: node, "it is no product with a matrix of weights") }
    let input = try value(node.inputs[0])
    let kernel = settings["transB"] == nil ? weight : weight.transposed([1, 0])
    var weights = [(name: "kernel", value: kernel)]
    if let bias = try bias(of: node, at: 2, count: kernel.shape[1]) { weights.append(bias) }
    let layer = append(
      "Dense", node.name,
      ["units": .integer(kernel.shape[1]), "use_bias": .bool(weights.count > 1)], to: input,
      weights: weights)
    return KerasValue(layer: layer, shape: [kernel.shape[1]])
  }

  /// The bias of a layer, `nil` where it has none.
  func bias(
    of node: GraphNode, at place: Int, count: Int
  ) throws -> (name: String, value: NDArray)? {
    guard node.inputs.count > place, !node.inputs[place].isEmpty else { return nil }
    guard let value = try constant(node.inputs[place]), value.scalars.count == count else {
      throw rejection(of: node, "its bias is no weight")
    }
    return ("bias", NDArray(value.scalars, shape: [count]))
  }

  private mutating func batchNormalization(_ node: GraphNode) throws -> KerasValue {
    try normalization(
      node, "BatchNormalization", ["gamma", "beta", "moving_mean", "moving_variance"], [:])
  }

  private mutating func groupNormalization(_ node: GraphNode) throws -> KerasValue {
    guard case .int(let groups)? = node.attributes["num_groups"] else {
      throw rejection(of: node, "it does not say how many groups")
    }
    return try normalization(
      node, "GroupNormalization", ["gamma", "beta"], ["groups": .integer(groups)])
  }

  private mutating func normalization(
    _ node: GraphNode, _ className: String, _ names: [String], _ settings: [String: JSONValue]
  ) throws -> KerasValue {
    var weights: [(name: String, value: NDArray)] = []
    for (name, operand) in zip(names, node.inputs.dropFirst()) {
      guard let value = try constant(operand) else {
        throw rejection(of: node, "its \(name) is no weight")
      }
      weights.append((name, value))
    }
    var epsilon = 1e-5
    if case .float(let given)? = node.attributes["epsilon"] { epsilon = Double(given) }
    let given = try value(node.inputs[0])
    let input = given.shape.count == 3 ? channelsLast(given) : given
    let layer = append(
      className, node.name,
      settings.merging(["axis": -1, "epsilon": .number(epsilon)]) { $1 }, to: input,
      weights: weights)
    return KerasValue(layer: layer, shape: input.shape, isChannelsLast: input.isChannelsLast)
  }
}
