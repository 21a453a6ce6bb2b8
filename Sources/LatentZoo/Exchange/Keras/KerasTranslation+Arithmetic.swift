extension KerasTranslation {
  /// A sum, difference, product or quotient, of two values or of a value and fixed numbers.
  mutating func arithmetic(_ node: GraphNode) throws -> KerasValue {
    let fixed = try node.inputs.map { try constant($0) }
    guard let place = fixed.firstIndex(where: { $0 != nil }), let numbers = fixed[place] else {
      return try merged(node)
    }
    let (scale, offset): ([Float], [Float])
    let (zeros, ones) = (
      numbers.scalars.map { _ in Float(0) }, numbers.scalars.map { _ in Float(1) }
    )
    switch (node.op, place) {
    case ("Add", _): (scale, offset) = (ones, numbers.scalars)
    case ("Sub", 1): (scale, offset) = (ones, numbers.scalars.map { -$0 })
    case ("Sub", _): (scale, offset) = (ones.map { -$0 }, numbers.scalars)
    case ("Mul", _): (scale, offset) = (numbers.scalars, zeros)
    case ("Div", 1): (scale, offset) = (numbers.scalars.map { 1 / $0 }, zeros)
    default: throw rejection(of: node, "no layer of Keras divides by what it is given")
    }
    let value = try value(node.inputs[1 - place])
    if scale.count == 1 {
      return append(
        activation: "Rescaling",
        ["scale": .number(Double(scale[0])), "offset": .number(Double(offset[0]))], of: value, node)
    }
    let extents = numbers.shape.dimensions
    guard let scale = NDArray(scale, shape: Shape(extents)).repeated(to: value.shape),
      let offset = NDArray(offset, shape: Shape(extents)).repeated(to: value.shape)
    else { throw rejection(of: node, "its numbers have another shape than the value") }
    return scaled(value, by: scale, plus: offset, node)
  }

  /// `scale · x + offset` for each element by itself: a batch normalisation whose statistics are 0 and 1.
  private mutating func scaled(
    _ value: KerasValue, by scale: [Float], plus offset: [Float], _ node: GraphNode
  ) -> KerasValue {
    let flat = reshaped(value, to: [scale.count])
    func vector(_ scalars: [Float]) -> NDArray { NDArray(scalars, shape: [scalars.count]) }
    let layer = append(
      "BatchNormalization", node.name, ["axis": -1, "epsilon": 0, "trainable": false], to: flat,
      weights: [
        ("gamma", vector(scale)), ("beta", vector(offset)),
        ("moving_mean", NDArray(repeating: 0, shape: [scale.count])),
        ("moving_variance", NDArray(repeating: 1, shape: [scale.count])),
      ])
    return reshaped(KerasValue(layer: layer, shape: flat.shape), to: value.shape)
  }

  /// Two values element by element.
  private mutating func merged(_ node: GraphNode) throws -> KerasValue {
    let classNames = ["Add": "Add", "Sub": "Subtract", "Mul": "Multiply"]
    guard let className = classNames[node.op] else {
      throw rejection(of: node, "no layer of Keras does this with two values")
    }
    let operands = inOneOrder([try value(node.inputs[0]), try value(node.inputs[1])])
    let (first, second) = (operands[0].shape, operands[1].shape)
    guard first.count == second.count,
      zip(first, second).allSatisfy({ $0 == $1 || $0 == 1 || $1 == 1 })
    else { throw rejection(of: node, "no layer of Keras does this with values of two shapes") }
    let layer = append(className, node.name, [:], to: operands)
    return KerasValue(
      layer: layer, shape: zip(first, second).map { max($0, $1) },
      isChannelsLast: operands[0].isChannelsLast)
  }
}

extension NDArray {
  /// The numbers as often as another shape asks for them, as in NumPy; `nil` where the shapes do not meet.
  ///
  /// - Parameter example: the shape of one example; an extent of 1 may stand before it for the batch.
  fileprivate func repeated(to example: [Int]) -> [Float]? {
    let all = [1] + example
    let own = [Int](repeating: 1, count: max(all.count - shape.rank, 0)) + shape.dimensions
    guard own.count == all.count, zip(own, all).allSatisfy({ $0 == $1 || $0 == 1 }) else {
      return nil
    }
    var numbers = scalars
    // From the last axis on: each block of an axis with one entry is repeated.
    var block = 1
    for axis in all.indices.reversed() {
      if own[axis] == 1, all[axis] > 1 {
        numbers = stride(from: 0, to: numbers.count, by: block).flatMap { start in
          (0..<all[axis]).flatMap { _ in numbers[start..<start + block] }
        }
      }
      block *= all[axis]
    }
    return numbers
  }
}
