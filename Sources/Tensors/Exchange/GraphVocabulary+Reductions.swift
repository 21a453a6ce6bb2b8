/// Operators over whole axes.
extension GraphVocabulary {
  static func reduce(
    _ node: NodeReader, _ operation: GraphVocabulary
  ) throws(GraphError) -> Tensor {
    let x = try node.tensor(0)
    let axes = try node.axes(
      node.has(1) ? try node.integers(1) : Array(0..<x.shape.rank), of: x.shape.rank)
    let keeps = try node.int("keepdims", default: 1) != 0
    return switch operation {
    case .reduceMax: x.maximum(axes: axes, keepingDimensions: keeps)
    case .reduceMin: x.minimum(axes: axes, keepingDimensions: keeps)
    case .reduceProd: x.product(axes: axes, keepingDimensions: keeps)
    default: x.sum(axes: axes, keepingDimensions: keeps)
    }
  }

  static func findPlace(
    _ node: NodeReader, _ operation: GraphVocabulary
  ) throws(GraphError) -> Tensor {
    let x = try node.tensor(0)
    let axis = try node.axis(try node.int("axis", default: 0), of: x.shape.rank)
    guard try node.int("select_last_index", default: 0) == 0 else {
      throw node.malformed("of equal ones it wants the last")
    }
    let keeps = try node.int("keepdims", default: 1) != 0
    return operation == .argMax
      ? x.argMax(axis: axis, keepingDimensions: keeps)
      : x.argMin(axis: axis, keepingDimensions: keeps)
  }

  static func softmax(_ node: NodeReader, isLog: Bool) throws(GraphError) -> Tensor {
    let x = try node.tensor(0)
    let axis = try node.axis(try node.int("axis", default: -1), of: x.shape.rank)
    return isLog ? x.logSoftmax(axis: axis) : x.softmax(axis: axis)
  }
}
