/// Places along an axis, picked by indices of any shape, which takes the axis' place.
struct Gather: Operator {
  /// Counted from the front.
  let axis: Int
  /// An index whose place gets no gradient.
  var fixedIndex: Int?

  var name: String { "Gather" }
  var attributes: [String: Attribute] { ["axis": .int(axis)] }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    let (source, indices) = (inputs[0].dimensions, inputs[1].dimensions)
    guard source.indices.contains(axis) else {
      throw ShapeFault(reason: "there is no axis \(axis)")
    }
    return [Shape(source[..<axis] + indices + source[(axis + 1)...])]
  }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    guard let g = upstream[0] else { return [] }
    let scatter = ScatterAdd(
      axis: axis, count: node.inputs[0].shape[axis], skippedIndex: fixedIndex)
    return [Tensor(scatter, g, node.inputs[1]), nil]
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    let (source, indices) = (node.inputs[0].shape, node.inputs[1])
    let operands = node.inputs.map { plan.value($0) }
    plan.add(
      GatherKernel(
        outer: source.dimensions[..<axis].reduce(1, *), count: source[axis],
        inner: source.dimensions[(axis + 1)...].reduce(1, *), indexShape: indices.shape,
        batch: axis == 0 ? nil : source[0], source: operands[0], indices: operands[1],
        result: plan.define(node)))
  }
}

extension Gather {
  func export(_ node: Node, into graph: inout GraphWriter) {
    let indices = graph.value(node.inputs[1], as: .int64, in: node)
    graph.define(
      node,
      as: graph.emit(name, [graph.name(of: node.inputs[0]), indices], attributes, in: node))
  }
}

/// The adjoint of ``Gather``: slices added to those places along an axis that their indices name; zeros elsewhere.
struct ScatterAdd: Operator {
  /// Counted from the front; where the indices' axes begin, and the axis that takes their place.
  let axis: Int
  /// Extent of that axis.
  let count: Int
  /// An index whose slices are left out.
  var skippedIndex: Int?

  // With "reduction" = "add", onto zeros.
  var name: String { "ScatterND" }
  var attributes: [String: Attribute] { ["axis": .int(axis), "count": .int(count)] }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    let (source, indices) = (inputs[0].dimensions, inputs[1].dimensions)
    let end = axis + indices.count
    guard axis >= 0, end <= source.count, Array(source[axis..<end]) == indices else {
      throw ShapeFault(reason: "from axis \(axis) on it must have the indices' extents")
    }
    guard count >= 0 else { throw ShapeFault(reason: "there cannot be \(count) places") }
    return [Shape(source[..<axis] + [count] + source[end...])]
  }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    guard let g = upstream[0] else { return [] }
    let (source, indices) = (node.inputs[0], node.inputs[1])
    let picked = Tensor(Gather(axis: axis), g, indices)
    guard let skippedIndex else { return [picked, nil] }
    let inner = [Int](repeating: 1, count: source.shape.rank - axis - indices.shape.rank)
    let isSkipped = indices.equal(to: Tensor(Float(skippedIndex)))
      .reshaped(to: Shape(indices.shape.dimensions + inner))
    return [Tensor.where(isSkipped, 0, picked), nil]
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    let (shape, indices) = (node.shapes[0], node.inputs[1].shape)
    let operands = node.inputs.map { plan.value($0) }
    plan.add(
      ScatterAddKernel(
        outer: shape.dimensions[..<axis].reduce(1, *), count: count,
        inner: shape.dimensions[(axis + 1)...].reduce(1, *), indexCount: indices.count,
        batch: axis == 0 ? nil : shape[0], skipped: skippedIndex, source: operands[0],
        indices: operands[1], result: plan.define(node)))
  }
}

/// For each index a row of zeros with a 1.
struct OneHot: FlatOperator {
  let count: Int

  var name: String { "OneHot" }
  var attributes: [String: Attribute] { ["depth": .int(count), "axis": .int(-1)] }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    guard count > 0 else { throw ShapeFault(reason: "there cannot be \(count) places") }
    return [Shape(inputs[0].dimensions + [count])]
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    let indices = plan.value(node.inputs[0])
    plan.add(
      OneHotKernel(
        count: count, shape: node.inputs[0].shape, indices: indices, result: plan.define(node)))
  }
}

extension OneHot {
  func export(_ node: Node, into graph: inout GraphWriter) {
    let indices = graph.value(node.inputs[0], as: .int64, in: node)
    let (depth, values) = (graph.integer(count), graph.floats([0, 1], shape: [2]))
    graph.define(
      node, as: graph.emit(name, [indices, depth, values], ["axis": .int(-1)], in: node))
  }
}

extension Tensor {
  /// The places along an axis that `indices` name, in their order: rows of a table, with the first axis.
  ///
  /// A run throws ``TensorError/indexOutOfRange(operation:layer:)`` where an index is no whole number below the axis' extent.
  ///
  /// - Parameters:
  ///   - indices: whole numbers from 0, of any shape.
  ///   - axis: negative ones count from the end.
  ///   - fixedIndex: a place that gets no gradient, such as a padding's.
  /// - Returns: the tensor's shape with the indices' shape in place of the axis.
  public func gathered(at indices: Tensor, axis: Int = 0, fixedIndex: Int? = nil) -> Tensor {
    let resolved = axis < 0 ? axis + shape.rank : axis
    return Tensor(Gather(axis: resolved, fixedIndex: fixedIndex), self, indices)
  }

  /// A tensor of zeros with `count` places along an axis, to which each slice of this tensor is added where its index says.
  ///
  /// A run throws ``TensorError/indexOutOfRange(operation:layer:)`` where an index is no whole number below `count`.
  ///
  /// - Parameters:
  ///   - indices: whole numbers from 0; their extents are those of this tensor from `axis` on.
  ///   - axis: negative ones count from the end.
  ///   - count: extent of the result along the axis.
  /// - Returns: this tensor's shape with `count` in place of the indices' extents.
  public func scatterAdded(at indices: Tensor, axis: Int = 0, count: Int) -> Tensor {
    let resolved = axis < 0 ? axis + shape.rank : axis
    return Tensor(ScatterAdd(axis: resolved, count: count), self, indices)
  }

  /// Whole numbers from 0 to below `count` as rows of zeros with a 1: `[...]` to `[..., count]`.
  ///
  /// A run throws ``TensorError/indexOutOfRange(operation:layer:)`` for any other number.
  public func oneHot(count: Int) -> Tensor { Tensor(OneHot(count: count), self) }
}
