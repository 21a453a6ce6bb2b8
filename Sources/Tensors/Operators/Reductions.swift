/// The sum over neighbouring axes, which vanish from the shape.
struct ReduceSum: Operator {
  let axes: Range<Int>

  var name: String { "ReduceSum" }
  var attributes: [String: Attribute] { ["axes": .ints(Array(axes)), "keepdims": .int(0)] }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    guard axes.lowerBound >= 0, axes.upperBound <= inputs[0].rank else {
      throw ShapeFault(reason: "there are no axes \(axes.lowerBound)..<\(axes.upperBound)")
    }
    var dimensions = inputs[0].dimensions
    dimensions.removeSubrange(axes)
    return [Shape(dimensions)]
  }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    guard let g = upstream[0] else { return [] }
    let shape = node.inputs[0].shape
    var kept = shape.dimensions
    for axis in axes { kept[axis] = 1 }
    return [g.reshaped(to: Shape(kept)).expanded(to: shape)]
  }

  func lower(_ node: Node, into plan: inout Lowering) throws(TensorError) {
    let shape = node.inputs[0].shape
    if axes.upperBound == shape.rank {
      try plan.addRowSum(node, axis: axes.lowerBound)
    } else {
      let source = plan.value(node.inputs[0])
      plan.add(
        AxisSumKernel(
          outer: shape.dimensions[..<axes.lowerBound].reduce(1, *),
          middle: shape.dimensions[axes].reduce(1, *),
          inner: shape.dimensions[axes.upperBound...].reduce(1, *),
          source: source, result: plan.define(node)))
    }
  }
}

extension Tensor {
  /// The sum over neighbouring axes, which vanish.
  ///
  /// The sum over nothing is 0.
  public func sum(axes: Range<Int>) -> Tensor {
    axes.isEmpty ? self : Tensor(ReduceSum(axes: axes), self)
  }

  /// The sum of all elements, of shape `[]`.
  ///
  /// Inner axes first: those sums are shared out by rows.
  public func sum() -> Tensor {
    shape.rank > 1 ? sum(axes: 1..<shape.rank).sum(axes: 0..<1) : sum(axes: 0..<shape.rank)
  }

  /// The mean of all elements, of shape `[]`.
  public func mean() -> Tensor {
    sum() * Tensor(1 / Float(max(shape.count, 1)))
  }

  /// For each example of a batch the sum over all its elements: `[B, ...]` to `[B]`.
  public func summedPerExample() -> Tensor {
    sum(axes: min(1, shape.rank)..<shape.rank)
  }

  /// Sums away what broadcasting to this tensor's shape from `target` had repeated.
  func summed(to target: Shape) -> Tensor {
    guard shape != target else { return self }
    let added = shape.rank - target.rank
    var result = sum(axes: 0..<added)
    var axis = target.rank
    while axis > 0 {
      let end = axis
      while axis > 0, target[axis - 1] == 1, shape[added + axis - 1] != 1 { axis -= 1 }
      result = result.sum(axes: axis..<end)
      if axis == end { axis -= 1 }
    }
    return result.reshaped(to: target)
  }
}
