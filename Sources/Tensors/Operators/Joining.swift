/// Tensors one after the other along an axis.
struct Concat: Operator {
  /// Counted from the front.
  let axis: Int

  var name: String { "Concat" }
  var attributes: [String: Attribute] { ["axis": .int(axis)] }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    var result = inputs[0].dimensions
    guard result.indices.contains(axis) else {
      throw ShapeFault(reason: "there is no axis \(axis)")
    }
    for shape in inputs.dropFirst() {
      let others = result.indices.filter { $0 != axis }
      guard shape.rank == result.count, others.allSatisfy({ shape[$0] == result[$0] }) else {
        throw ShapeFault(reason: "they must be equal but for the extent of axis \(axis)")
      }
      result[axis] += shape[axis]
    }
    return [Shape(result)]
  }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    guard let g = upstream[0] else { return [] }
    return g.split(axis: axis, sizes: node.inputs.map { $0.shape[axis] })
  }

  func lower(_ node: Node, into plan: inout Lowering) throws(TensorError) {
    let isChannelsLast = node.inputs.contains {
      !$0.shape.isOrderFree && plan.order(of: $0) == .channelsLast
    }
    let order: ElementOrder = isChannelsLast ? .channelsLast : .rowMajor
    let axes = order.axes(rank: node.shapes[0].rank)
    var end = 0
    var boxes: [MoveKernel.Box] = []
    for input in node.inputs {
      let start = end
      end += input.shape[axis]
      let segments = axes.map {
        Segment(count: input.shape[$0], to: $0 == axis ? start : 0)
      }
      boxes.append(
        .init(
          source: plan.value(input, as: order), dimensions: order.dimensions(of: input.shape),
          segments: segments))
    }
    plan.add(
      MoveKernel(
        name: name, dimensions: order.dimensions(of: node.shapes[0]), boxes: boxes,
        result: plan.define(node, as: order)))
  }
}

/// A tensor in pieces along an axis, one output each.
struct Split: Operator {
  /// Counted from the front.
  let axis: Int
  let sizes: [Int]

  var name: String { "Split" }
  var attributes: [String: Attribute] { ["axis": .int(axis), "split": .ints(sizes)] }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    guard inputs[0].dimensions.indices.contains(axis) else {
      throw ShapeFault(reason: "there is no axis \(axis)")
    }
    let extent = inputs[0][axis]
    guard sizes.allSatisfy({ $0 >= 0 }), sizes.reduce(0, +) == extent else {
      throw ShapeFault(reason: "the sizes \(sizes) do not add up to \(extent)")
    }
    return sizes.map { size in
      var dimensions = inputs[0].dimensions
      dimensions[axis] = size
      return Shape(dimensions)
    }
  }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    let pieces = zip(upstream, node.shapes).map { $0 ?? Tensor(0).expanded(to: $1) }
    return [.concatenated(pieces, axis: axis)]
  }

  func lower(_ node: Node, into plan: inout Lowering) throws(TensorError) {
    let input = node.inputs[0]
    let order = plan.order(of: input)
    let source = plan.value(input, as: order)
    var end = 0
    for (output, shape) in node.shapes.enumerated() {
      let start = end
      end += sizes[output]
      let segments = order.axes(rank: shape.rank).map {
        Segment(count: shape[$0], from: $0 == axis ? start : 0)
      }
      let box = MoveKernel.Box(
        source: source, dimensions: order.dimensions(of: input.shape), segments: segments)
      plan.add(
        MoveKernel(
          name: name, dimensions: order.dimensions(of: shape), boxes: [box],
          result: plan.define(node, output: output, as: order)))
    }
  }
}

extension Split {
  func export(_ node: Node, into graph: inout GraphWriter) {
    let extents = graph.integers(sizes)
    let pieces = graph.emit(
      name, [graph.name(of: node.inputs[0]), extents], outputCount: sizes.count,
      ["axis": .int(axis)], in: node)
    for (output, piece) in pieces.enumerated() { graph.define(node, output: output, as: piece) }
  }
}

/// New axes of extent 1, or none where such were. Costs nothing.
struct Squeeze: Operator {
  /// Counted from the front; of the longer shape.
  let axis: Int
  let isInverse: Bool

  var name: String { isInverse ? "Unsqueeze" : "Squeeze" }
  var attributes: [String: Attribute] { ["axes": .ints([axis])] }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    var dimensions = inputs[0].dimensions
    guard (0..<inputs[0].rank + (isInverse ? 1 : 0)).contains(axis) else {
      throw ShapeFault(reason: "there is no axis \(axis)")
    }
    guard isInverse || dimensions[axis] == 1 else {
      throw ShapeFault(reason: "axis \(axis) has the extent \(dimensions[axis]), not 1")
    }
    if isInverse { dimensions.insert(1, at: axis) } else { dimensions.remove(at: axis) }
    return [Shape(dimensions)]
  }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    [upstream[0]?.reshaped(to: node.inputs[0].shape)]
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    plan.alias(node, node.inputs[0], as: .rowMajor)
  }

  func export(_ node: Node, into graph: inout GraphWriter) {
    let axes = graph.integers([axis])
    graph.define(node, as: graph.emit(name, [graph.name(of: node.inputs[0]), axes], in: node))
  }
}

extension Tensor {
  /// Tensors one after the other along an axis.
  ///
  /// - Parameters:
  ///   - tensors: equal shapes but for the extent of the axis.
  ///   - axis: negative ones count from the end.
  /// - Precondition: there is at least one tensor.
  public static func concatenated(_ tensors: [Tensor], axis: Int) -> Tensor {
    precondition(!tensors.isEmpty, "there is nothing to concatenate")
    guard tensors.count > 1 else { return tensors[0] }
    let resolved = axis < 0 ? axis + tensors[0].shape.rank : axis
    return Tensor(Concat(axis: resolved), of: tensors)
  }

  /// Tensors of one shape side by side along a new axis; negative axes count from the end of the result's shape.
  ///
  /// - Precondition: there is at least one tensor.
  public static func stacked(_ tensors: [Tensor], axis: Int = 0) -> Tensor {
    concatenated(
      tensors.map { $0.unsqueezed(axis: axis) },
      axis: axis < 0 ? axis + (tensors.first?.shape.rank ?? 0) + 1 : axis)
  }

  /// The tensor in pieces along an axis.
  ///
  /// - Parameters:
  ///   - axis: negative ones count from the end.
  ///   - sizes: extents of the pieces along the axis, which add up to the tensor's.
  public func split(axis: Int, sizes: [Int]) -> [Tensor] {
    let node = Node(Split(axis: axis < 0 ? axis + shape.rank : axis, sizes: sizes), [self])
    return sizes.indices.map { Tensor(node: node, output: $0) }
  }

  /// The tensor in equal pieces along an axis, whose extent `count` divides.
  ///
  /// - Precondition: `count` is positive.
  public func split(axis: Int, into count: Int) -> [Tensor] {
    precondition(count > 0, "a tensor is split into at least one piece, got \(count)")
    let resolved = axis < 0 ? axis + shape.rank : axis
    let extent = shape.dimensions.indices.contains(resolved) ? shape[resolved] : 0
    return split(axis: axis, sizes: [Int](repeating: extent / count, count: count))
  }

  /// The tensor without an axis of extent 1; negative axes count from the end.
  public func squeezed(axis: Int) -> Tensor {
    Tensor(Squeeze(axis: axis < 0 ? axis + shape.rank : axis, isInverse: false), self)
  }

  /// The tensor with a new axis of extent 1; negative axes count from the end of the result's shape.
  public func unsqueezed(axis: Int) -> Tensor {
    Tensor(Squeeze(axis: axis < 0 ? axis + shape.rank + 1 : axis, isInverse: true), self)
  }
}
