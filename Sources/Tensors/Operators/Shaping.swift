/// The same elements in the same order under another shape. Costs nothing.
struct Reshape: Operator {
  let shape: Shape
  var name: String { "Reshape" }
  var attributes: [String: Attribute] { ["shape": .ints(shape.dimensions)] }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    guard inputs[0].count == shape.count else {
      throw ShapeFault(reason: "\(inputs[0].count) elements do not fill the shape \(shape)")
    }
    return [shape]
  }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    [upstream[0]?.reshaped(to: node.inputs[0].shape)]
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    let input = node.inputs[0]
    plan.alias(node, input, as: keepsChannels(of: input.shape) ? plan.order(of: input) : .rowMajor)
  }

  func export(_ node: Node, into graph: inout GraphWriter) throws(GraphError) {
    // One extent may be left to ONNX: the one that follows the batch.
    let extents = try graph.extents(of: Tensor(node: node)).map { extent in
      if case .fixed(let count) = extent { count } else { -1 }
    }
    guard extents.count(where: { $0 < 0 }) < 2, !extents.contains(0) else {
      throw graph.reject(node, "more than one extent follows the batch, or one is 0")
    }
    let target = graph.integers(extents)
    graph.define(
      node, as: graph.emit("Reshape", [graph.name(of: node.inputs[0]), target], in: node))
  }

  /// Whether only the space beside batch and channels changes its form.
  private func keepsChannels(of source: Shape) -> Bool {
    source.rank > 2 && shape.rank > 2
      && source.dimensions.prefix(2) == shape.dimensions.prefix(2)
  }
}

/// Repeats along axes of extent 1, and along new outer axes.
struct Expand: Operator {
  let shape: Shape
  var name: String { "Expand" }
  var attributes: [String: Attribute] { ["shape": .ints(shape.dimensions)] }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    guard inputs[0].broadcast(with: shape) == shape else {
      throw ShapeFault(reason: "it does not expand to \(shape)")
    }
    return [shape]
  }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    [upstream[0]?.summed(to: node.inputs[0].shape)]
  }

  func lower(_ node: Node, into plan: inout Lowering) throws(TensorError) {
    try plan.addElementwise(node)
  }

  func export(_ node: Node, into graph: inout GraphWriter) throws(GraphError) {
    let extents = try graph.extents(of: Tensor(node: node))
    let target = try graph.shape(extents, in: node)
    graph.define(
      node, as: graph.emit("Expand", [graph.name(of: node.inputs[0]), target], in: node))
  }
}

/// Reorders the axes.
struct Transpose: Operator {
  let permutation: [Int]
  var name: String { "Transpose" }
  var attributes: [String: Attribute] { ["perm": .ints(permutation)] }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    guard permutation.sorted() == Array(0..<inputs[0].rank) else {
      throw ShapeFault(reason: "\(permutation) does not name each axis once")
    }
    return [Shape(permutation.map { inputs[0][$0] })]
  }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    var inverse = permutation
    for (place, axis) in permutation.enumerated() { inverse[axis] = place }
    return [upstream[0]?.transposed(inverse)]
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    let source = node.inputs[0]
    let order = plan.order(of: source)
    if let same = orderAfter(order) {
      plan.alias(node, value: plan.value(source, as: order), as: same)
      return
    }
    let strides = order.strides(of: source.shape)
    let value = plan.value(source, as: order)
    plan.add(
      CopyKernel(
        shape: node.shapes[0], strides: permutation.map { strides[$0] }, source: value,
        sourceCount: source.shape.count, result: plan.define(node)))
  }
}

extension Transpose {
  /// The order in which the result already lies in the operand's memory, if it is one that has a name: images with the
  /// channels last are a row-major `[N, H, W, C]`.
  private func orderAfter(_ order: ElementOrder) -> ElementOrder? {
    var place = permutation
    for (axis, source) in permutation.enumerated() { place[source] = axis }
    let lying = order.axes(rank: permutation.count).map { place[$0] }
    return [.rowMajor, .channelsLast].first { $0.axes(rank: permutation.count) == lying }
  }
}

/// Hands values on and gradients not.
struct StopGradient: FlatOperator {
  var name: String { "Identity" }
  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] { inputs }
  func lower(_ node: Node, into plan: inout Lowering) { plan.alias(node, node.inputs[0]) }
  func export(_ node: Node, into graph: inout GraphWriter) {
    graph.define(node, as: graph.name(of: node.inputs[0]))
  }
}

/// Hands values on and gradients turned around (Ganin and Lempitsky 2015, https://arxiv.org/abs/1409.7495).
struct GradientReversal: Operator {
  let scale: Float
  var name: String { "Identity" }
  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] { inputs }
  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    [upstream[0].map { $0 * Tensor(-scale) }]
  }
  func lower(_ node: Node, into plan: inout Lowering) { plan.alias(node, node.inputs[0]) }
  func export(_ node: Node, into graph: inout GraphWriter) {
    graph.define(node, as: graph.name(of: node.inputs[0]))
  }
}

extension Shape {
  /// Elements between neighbours along each axis, row-major.
  var rowMajorStrides: [Int] {
    var strides = [Int](repeating: 1, count: rank)
    for axis in stride(from: rank - 2, through: 0, by: -1) {
      strides[axis] = strides[axis + 1] * dimensions[axis + 1]
    }
    return strides
  }
}

extension Tensor {
  /// The same elements under another shape of the same count.
  public func reshaped(to shape: Shape) -> Tensor {
    shape == self.shape ? self : Tensor(Reshape(shape: shape), self)
  }

  /// `[B, ...]` as a matrix `[B, features]`.
  public func flattened() -> Tensor {
    guard shape.rank > 0 else { return reshaped(to: [1, 1]) }
    return reshaped(to: [shape[0], shape.dimensions.dropFirst().reduce(1, *)])
  }

  /// Repeated along axes of extent 1 up to `shape`, as NumPy broadcasts.
  public func expanded(to shape: Shape) -> Tensor {
    shape == self.shape ? self : Tensor(Expand(shape: shape), self)
  }

  /// The axes in another order; reversed by default.
  public func transposed(_ permutation: [Int]? = nil) -> Tensor {
    Tensor(Transpose(permutation: permutation ?? (0..<shape.rank).reversed()), self)
  }

  /// The same values, through which no gradient flows.
  public func stoppingGradient() -> Tensor { Tensor(StopGradient(), self) }

  /// The same values; their gradient times `-scale`: what comes before learns to make worse what comes after makes better
  /// (Ganin and Lempitsky 2015, https://arxiv.org/abs/1409.7495).
  public func reversingGradient(scale: Float = 1) -> Tensor {
    Tensor(GradientReversal(scale: scale), self)
  }
}
