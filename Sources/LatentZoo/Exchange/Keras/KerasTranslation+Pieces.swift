extension KerasTranslation {
  /// Values one after the other along an axis.
  mutating func concatenated(_ node: GraphNode) throws -> KerasValue {
    guard case .int(let given)? = node.attributes["axis"] else {
      throw rejection(of: node, "it does not say along which axis")
    }
    var parts: [KerasValue] = []
    for name in node.inputs { parts.append(try value(name)) }
    parts = inOneOrder(parts)
    let rank = parts[0].shape.count
    let axis = given < 0 ? given + rank + 1 : given
    guard (1...rank).contains(axis), parts.allSatisfy({ $0.shape.count == rank }) else {
      throw rejection(of: node, "it joins examples")
    }
    // Axis 1 of [N, C, H, W] is the last of [N, H, W, C].
    let own = parts[0].isChannelsLast ? (axis == 1 ? 3 : axis - 1) : axis
    let layer = append("Concatenate", node.name, ["axis": .integer(own)], to: parts)
    var shape = parts[0].shape
    shape[axis - 1] = parts.map { $0.shape[axis - 1] }.reduce(0, +)
    return KerasValue(layer: layer, shape: shape, isChannelsLast: parts[0].isChannelsLast)
  }

  /// One of the pieces into which an axis is cut.
  mutating func piece(_ name: String, of node: GraphNode) throws -> KerasValue {
    let input = try value(node.inputs[0])
    guard case .int(let given)? = node.attributes["axis"], let sizes = integers(node, at: 1),
      let place = node.outputs.firstIndex(of: name), sizes.indices.contains(place)
    else { throw rejection(of: node, "its sizes are not known before it runs") }
    let axis = given < 0 ? given + input.shape.count : given - 1
    guard input.shape.indices.contains(axis) else {
      throw rejection(of: node, "it separates examples")
    }
    let start = sizes[..<place].reduce(0, +)
    return slice(input, axis: axis, start..<start + sizes[place], node)
  }

  /// A range of each example along one of its axes.
  private mutating func slice(
    _ value: KerasValue, axis: Int, _ range: Range<Int>, _ node: GraphNode
  ) -> KerasValue {
    let (before, extent) = (value.shape[..<axis].reduce(1, *), value.shape[axis])
    let after = value.shape[(axis + 1)...].reduce(1, *)
    guard range != 0..<extent else { return value }
    // Keras crops images: the axis becomes the columns of one, what follows its channels.
    let image = reshaped(value, to: [before, extent, after])
    let whole = KerasValue(
      layer: image.layer, shape: [after, before, extent], isChannelsLast: true)
    let part = cropped(
      whole, rows: [0, 0], columns: [range.lowerBound, extent - range.upperBound], node)
    var shape = value.shape
    shape[axis] = range.count
    return reshaped(KerasValue(layer: part.layer, shape: [before, range.count, after]), to: shape)
  }

  /// A larger image that repeats the pixels of a smaller one.
  mutating func resized(_ node: GraphNode) throws -> KerasValue {
    let input = channelsLast(try value(node.inputs[0]))
    guard node.attributes["mode"] == .string("nearest"),
      node.attributes["nearest_mode"] == .string("floor"),
      node.attributes["coordinate_transformation_mode"] == .string("asymmetric"),
      node.attributes["axes"] == .ints([2, 3]), let size = integers(node, at: 3), size.count == 2
    else { throw rejection(of: node, "Keras places pixels otherwise") }
    let factors = zip(size, input.shape.dropFirst()).map { ($0 + $1 - 1) / $1 }
    let isRepetition = zip(zip(size, input.shape.dropFirst()), factors).allSatisfy {
      sizes, factor in
      (0..<sizes.0).allSatisfy { $0 * sizes.1 / sizes.0 == $0 / factor }
    }
    guard isRepetition else {
      throw rejection(of: node, "Keras repeats all pixels equally often")
    }
    let channels = input.shape[0]
    let layer = append(
      "UpSampling2D", node.name,
      [
        "size": .array(factors.map { .integer($0) }), "interpolation": "nearest",
        "data_format": "channels_last",
      ], to: input)
    let full = zip(factors, input.shape.dropFirst()).map { $0 * $1 }
    let enlarged = KerasValue(layer: layer, shape: [channels] + full, isChannelsLast: true)
    return cropped(enlarged, rows: [0, full[0] - size[0]], columns: [0, full[1] - size[1]], node)
  }

  /// An image without some rows and columns at its borders.
  ///
  /// - Parameter node: what the image is cropped for.
  mutating func cropped(
    _ image: KerasValue, rows: [Int], columns: [Int], _ node: GraphNode
  ) -> KerasValue {
    guard rows != [0, 0] || columns != [0, 0] else { return image }
    let layer = append(
      "Cropping2D", node.name.isEmpty ? "" : "\(node.name)_cropping",
      ["cropping": Self.margins(rows, columns), "data_format": "channels_last"], to: image)
    let size = [image.shape[1] - rows[0] - rows[1], image.shape[2] - columns[0] - columns[1]]
    return KerasValue(layer: layer, shape: image.shape.prefix(1) + size, isChannelsLast: true)
  }

  /// Rows and columns around an image, as Keras lists them.
  static func margins(_ rows: [Int], _ columns: [Int]) -> JSONValue {
    .array([rows, columns].map { .array($0.map { .integer($0) }) })
  }

  /// An operand that is a fixed list of whole numbers.
  func integers(_ node: GraphNode, at place: Int) -> [Int]? {
    guard node.inputs.indices.contains(place),
      case .integers(let values)? = network.initializers[node.inputs[place]]?.elements
    else { return nil }
    return values
  }
}
