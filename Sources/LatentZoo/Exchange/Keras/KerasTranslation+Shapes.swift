extension KerasTranslation {
  /// The same value as Keras' users expect it, images channels first as in our networks.
  mutating func channelsFirst(_ value: KerasValue) -> KerasValue {
    guard value.isChannelsLast else { return value }
    let turned = append("Permute", "channels_first", ["dims": [3, 1, 2]], to: value)
    return KerasValue(layer: turned, shape: value.shape)
  }

  /// The same image as Keras computes with it.
  mutating func channelsLast(_ value: KerasValue) -> KerasValue {
    guard !value.isChannelsLast else { return value }
    let turned = append("Permute", "channels_last", ["dims": [2, 3, 1]], to: value)
    return KerasValue(layer: turned, shape: value.shape, isChannelsLast: true)
  }

  /// Values that are all channels last, if one is and all are images, or all channels first.
  mutating func inOneOrder(_ values: [KerasValue]) -> [KerasValue] {
    let areImages = values.allSatisfy { $0.shape.count == 3 }
    let isLast = areImages && values.contains(where: \.isChannelsLast)
    var turned: [KerasValue] = []
    for value in values { turned.append(isLast ? channelsLast(value) : channelsFirst(value)) }
    return turned
  }

  /// The elements of a value, numbered channels first, in another shape.
  mutating func reshaped(_ value: KerasValue, to shape: [Int]) -> KerasValue {
    let value = channelsFirst(value)
    guard value.shape != shape else { return value }
    let extents = shape.map { JSONValue.integer($0) }
    let layer = append("Reshape", "", ["target_shape": .array(extents)], to: value)
    return KerasValue(layer: layer, shape: shape)
  }

  mutating func transposed(_ node: GraphNode) throws -> KerasValue {
    guard case .ints(let order)? = node.attributes["perm"], order.first == 0 else {
      throw rejection(of: node, "it moves the batch")
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

  mutating func reshaped(_ node: GraphNode) throws -> KerasValue {
    let input = try value(node.inputs[0])
    guard let extents = extents(node.inputs[1]), let batch = extents.first, batch ?? -1 == -1 else {
      throw rejection(of: node, "it changes the batch")
    }
    let known = extents.dropFirst().compactMap { $0 }.filter { $0 > 0 }
    guard known.count == extents.count - 1, known.reduce(1, *) == input.shape.reduce(1, *) else {
      throw rejection(of: node, "its shape is not known before it runs")
    }
    return reshaped(input, to: known)
  }

  /// A list of extents, `nil` for the batch's.
  private func extents(_ name: String) -> [Int?]? {
    if let fixed = network.initializers[name] {
      guard case .integers(let values) = fixed.elements else { return nil }
      return values
    }
    guard let node = network.producers[name] else { return nil }
    switch node.op {
    case "Shape" where node.attributes["end"] == .int(1): return [nil]
    case "Concat":
      var joined: [Int?] = []
      for input in node.inputs {
        guard let part = extents(input) else { return nil }
        joined += part
      }
      return joined
    default: return nil
    }
  }
}
