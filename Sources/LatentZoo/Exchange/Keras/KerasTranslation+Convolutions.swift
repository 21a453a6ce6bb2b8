extension KerasTranslation {
  /// Sizes of a convolution's windows and steps.
  private struct Geometry {
    let kernel: [Int]
    let strides: [Int]
    /// Rows above, columns to the left, rows below, columns to the right.
    let pads: [Int]
    let dilations: [Int]
    let outputPadding: [Int]
    let groups: Int

    init(_ node: GraphNode, weight: NDArray) {
      func list(_ name: String, _ standard: Int, _ count: Int) -> [Int] {
        if case .ints(let values)? = node.attributes[name] { return values }
        return [Int](repeating: standard, count: count)
      }
      kernel = Array(weight.shape.dimensions.dropFirst(2))
      strides = list("strides", 1, 2)
      pads = list("pads", 0, 4)
      dilations = list("dilations", 1, 2)
      outputPadding = list("output_padding", 0, 2)
      if case .int(let count)? = node.attributes["group"] { groups = count } else { groups = 1 }
    }
  }

  private func window(
    _ node: GraphNode
  ) throws -> (weight: NDArray, geometry: Geometry) {
    guard let weight = try constant(node.inputs[1]), weight.shape.rank == 4 else {
      throw rejection(of: node, "its kernel is no weight of images")
    }
    return (weight, Geometry(node, weight: weight))
  }

  private static func list(_ values: [Int]) -> JSONValue { .array(values.map { .integer($0) }) }

  mutating func convolution(_ node: GraphNode) throws -> KerasValue {
    let (weight, geometry) = try window(node)
    var input = channelsLast(try value(node.inputs[0]))
    var size = Array(input.shape.dropFirst())
    let pads = geometry.pads
    if pads.contains(where: { $0 != 0 }) {
      size = [size[0] + pads[0] + pads[2], size[1] + pads[1] + pads[3]]
      let layer = append(
        "ZeroPadding2D", "\(node.name)_padding",
        [
          "padding": Self.margins([pads[0], pads[2]], [pads[1], pads[3]]),
          "data_format": "channels_last",
        ], to: input)
      input = KerasValue(layer: layer, shape: input.shape.prefix(1) + size, isChannelsLast: true)
    }
    let channels = weight.shape[0]
    // [out, in, kH, kW] to [kH, kW, in, out]
    var weights = [(name: "kernel", value: weight.transposed([2, 3, 1, 0]))]
    if let bias = try bias(of: node, at: 2, count: channels) { weights.append(bias) }
    let layer = append(
      "Conv2D", node.name,
      [
        "filters": .integer(channels), "kernel_size": Self.list(geometry.kernel),
        "strides": Self.list(geometry.strides), "padding": "valid",
        "dilation_rate": Self.list(geometry.dilations), "groups": .integer(geometry.groups),
        "data_format": "channels_last", "use_bias": .bool(weights.count > 1),
      ], to: input, weights: weights)
    let results = (0..<2).map { axis in
      let span = (geometry.kernel[axis] - 1) * geometry.dilations[axis] + 1
      return (size[axis] - span) / geometry.strides[axis] + 1
    }
    return KerasValue(layer: layer, shape: [channels] + results, isChannelsLast: true)
  }

  mutating func transposedConvolution(_ node: GraphNode) throws -> KerasValue {
    let (weight, geometry) = try window(node)
    guard geometry.groups == 1, geometry.dilations == [1, 1],
      zip(geometry.kernel, geometry.strides).allSatisfy({ $0 >= $1 })
    else { throw rejection(of: node, "Keras has no such groups, dilations or strides here") }
    let input = channelsLast(try value(node.inputs[0]))
    let channels = weight.shape[1]
    // [in, out, kH, kW] to [kH, kW, out, in]
    var weights = [(name: "kernel", value: weight.transposed([2, 3, 1, 0]))]
    if let bias = try bias(of: node, at: 2, count: channels) { weights.append(bias) }
    // Keras gives every row that a window touches; what we leave away is cropped, what we add is added there.
    let added = (0..<2).map { max(0, geometry.outputPadding[$0] - geometry.pads[$0 + 2]) }
    var settings: [String: JSONValue] = [
      "filters": .integer(channels), "kernel_size": Self.list(geometry.kernel),
      "strides": Self.list(geometry.strides), "padding": "valid", "data_format": "channels_last",
      "use_bias": .bool(weights.count > 1),
    ]
    if added != [0, 0] { settings["output_padding"] = Self.list(added) }
    let layer = append("Conv2DTranspose", node.name, settings, to: input, weights: weights)
    let full = (0..<2).map { axis -> Int in
      let touched = (input.shape[axis + 1] - 1) * geometry.strides[axis] + geometry.kernel[axis]
      return touched + added[axis]
    }
    let surplus = (0..<2).map { axis -> [Int] in
      [geometry.pads[axis], geometry.pads[axis + 2] - geometry.outputPadding[axis] + added[axis]]
    }
    let image = KerasValue(layer: layer, shape: [channels] + full, isChannelsLast: true)
    return cropped(image, rows: surplus[0], columns: surplus[1], node)
  }
}

extension NDArray {
  /// The same numbers with the axes in another order.
  ///
  /// - Precondition: `order` names each axis once.
  func transposed(_ order: [Int]) -> NDArray {
    let dimensions = order.map { shape[$0] }
    var strides = [Int](repeating: 1, count: shape.rank)
    for axis in strides.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] * shape[axis + 1]
    }
    let steps = order.map { strides[$0] }
    var result: [Float] = []
    result.reserveCapacity(scalars.count)
    func visit(_ axis: Int, _ place: Int) {
      guard axis < dimensions.count else { return result.append(scalars[place]) }
      for index in 0..<dimensions[axis] { visit(axis + 1, place + index * steps[axis]) }
    }
    visit(0, 0)
    return NDArray(result, shape: Shape(dimensions))
  }
}
