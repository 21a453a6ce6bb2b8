extension KerasTranslation {
  /// Translates one operator.
  mutating func translated(_ node: GraphNode) throws(ExchangeError) -> KerasValue {
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
    case "Add", "Sub", "Mul", "Div": return try scaled(node)
    case "Transpose": return try transposed(node)
    case "Reshape": return try reshaped(node)
    default: throw reject(node, "no layer of Keras says the same")
    }
  }

  /// `x · B + C` or `x · Bᵀ + C`
  private mutating func dense(_ node: GraphNode) throws(ExchangeError) -> KerasValue {
    let settings = node.attributes.filter { $0.value != .float(1) && $0.value != .int(0) }
    guard settings.keys.allSatisfy({ $0 == "transB" }), let weight = constant(node.inputs[1]),
      weight.shape.rank == 2
    else { throw reject(node, "it is no product with a matrix of weights") }
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
  ) throws(ExchangeError) -> (name: String, value: NDArray)? {
    guard node.inputs.count > place, !node.inputs[place].isEmpty else { return nil }
    guard let value = constant(node.inputs[place]), value.scalars.count == count else {
      throw reject(node, "its bias is no weight")
    }
    return ("bias", NDArray(value.scalars, shape: [count]))
  }

  private mutating func batchNormalization(_ node: GraphNode) throws(ExchangeError) -> KerasValue {
    try normalization(
      node, "BatchNormalization", ["gamma", "beta", "moving_mean", "moving_variance"], [:])
  }

  private mutating func groupNormalization(_ node: GraphNode) throws(ExchangeError) -> KerasValue {
    guard case .int(let groups)? = node.attributes["num_groups"] else {
      throw reject(node, "it does not say how many groups")
    }
    return try normalization(
      node, "GroupNormalization", ["gamma", "beta"], ["groups": .integer(groups)])
  }

  private mutating func normalization(
    _ node: GraphNode, _ className: String, _ names: [String], _ settings: [String: JSONValue]
  ) throws(ExchangeError) -> KerasValue {
    var weights: [(name: String, value: NDArray)] = []
    for (name, operand) in zip(names, node.inputs.dropFirst()) {
      guard let value = constant(operand) else { throw reject(node, "its \(name) is no weight") }
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

  /// A sum, difference, product or quotient with one fixed number.
  private mutating func scaled(_ node: GraphNode) throws(ExchangeError) -> KerasValue {
    let fixed = node.inputs.map { constant($0) }
    guard let place = fixed.firstIndex(where: { $0?.scalars.count == 1 }),
      let number = fixed[place]?.scalars.first.map(Double.init),
      node.op != "Div" || place == 1
    else { throw reject(node, "no layer of Keras does this with two values or with a vector") }
    let (scale, offset): (Double, Double) =
      switch node.op {
      case "Add": (1, number)
      case "Sub": place == 1 ? (1, -number) : (-1, number)
      case "Mul": (number, 0)
      default: (1 / number, 0)
      }
    return append(
      activation: "Rescaling", ["scale": .number(scale), "offset": .number(offset)],
      of: try value(node.inputs[1 - place]), node)
  }

  private mutating func transposed(_ node: GraphNode) throws(ExchangeError) -> KerasValue {
    guard case .ints(let order)? = node.attributes["perm"], order.first == 0 else {
      throw reject(node, "it moves the batch")
    }
    let input = try value(node.inputs[0])
    let shape = order.dropFirst().map { input.shape[$0 - 1] }
    // What we turn by hand, Keras may have so already.
    if input.isChannelsLast, order == [0, 2, 3, 1] {
      return KerasValue(layer: input.layer, shape: shape)
    }
    if !input.isChannelsLast, order == [0, 3, 1, 2] {
      return KerasValue(layer: input.layer, shape: shape, isChannelsLast: true)
    }
    let dimensions = order.dropFirst().map { JSONValue.integer($0) }
    let layer = append(
      "Permute", node.name, ["dims": .array(dimensions)], to: channelsFirst(input))
    return KerasValue(layer: layer, shape: shape)
  }

  private mutating func reshaped(_ node: GraphNode) throws(ExchangeError) -> KerasValue {
    let input = channelsFirst(try value(node.inputs[0]))
    guard var extents = extents(node.inputs[1]), extents.first == nil || extents.first == -1 else {
      throw reject(node, "it changes the batch")
    }
    extents.removeFirst()
    let known = extents.compactMap { $0 }.filter { $0 > 0 }
    guard known.count == extents.count,
      known.reduce(1, *) == input.shape.reduce(1, *)
    else { throw reject(node, "its shape is not known before it runs") }
    let layer = append(
      "Reshape", "", ["target_shape": .array(known.map { .integer($0) })], to: input)
    return KerasValue(layer: layer, shape: known)
  }
}
