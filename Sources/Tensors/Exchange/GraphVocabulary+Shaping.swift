extension GraphVocabulary {
  static func reshape(_ node: NodeReader) throws(GraphError) -> Tensor {
    let x = try node.tensor(0)
    var extents = try node.integers(1)
    for (axis, extent) in extents.enumerated() where extent == 0 {
      guard axis < x.shape.rank else { throw node.malformed("there is no axis \(axis) to keep") }
      extents[axis] = x.shape[axis]
    }
    if let free = extents.firstIndex(of: -1) {
      extents[free] = 1
      let rest = try node.shape(extents).count
      guard rest > 0, x.shape.count.isMultiple(of: rest) else {
        throw node.malformed("\(x.shape) does not fill the shape")
      }
      extents[free] = x.shape.count / rest
    }
    return x.reshaped(to: try node.shape(extents))
  }

  static func expand(_ node: NodeReader) throws(GraphError) -> Tensor {
    let (x, target) = (try node.tensor(0), try node.shape(try node.integers(1)))
    // ONNX broadcasts both ways.
    guard let common = x.shape.broadcast(with: target) else {
      throw node.malformed("\(x.shape) does not expand to \(target)")
    }
    return x.expanded(to: common)
  }

  static func transpose(_ node: NodeReader) throws(GraphError) -> Tensor {
    let x = try node.tensor(0)
    guard case .ints(let permutation) = node.node.attributes["perm"] else {
      guard node.node.attributes["perm"] == nil else {
        throw node.malformed("the attribute perm is no list")
      }
      return x.transposed()
    }
    guard permutation.sorted() == Array(0..<x.shape.rank) else {
      throw node.malformed("\(permutation) does not name each axis once")
    }
    return x.transposed(permutation)
  }

  static func shape(_ node: NodeReader) throws(GraphError) -> GraphOperand {
    let dimensions = try node.tensor(0).shape.dimensions
    func place(_ name: String, _ fallback: Int) throws(GraphError) -> Int {
      let place = try node.int(name, default: fallback)
      let resolved =
        place < 0 ? place.addingReportingOverflow(dimensions.count).partialValue : place
      return min(max(resolved, 0), dimensions.count)
    }
    let (start, end) = (try place("start", 0), try place("end", dimensions.count))
    return .integers(start < end ? Array(dimensions[start..<end]) : [], isScalar: false)
  }

  static func squeeze(
    _ node: NodeReader, isInverse: Bool
  ) throws(GraphError) -> Tensor {
    let (x, list) = (try node.tensor(0), try node.integers(1))
    guard list.count <= 16 else { throw node.malformed("\(list.count) axes are too many") }
    let axes = try node.axes(list, of: x.shape.rank + (isInverse ? list.count : 0)).sorted()
    if isInverse { return axes.reduce(x) { $0.unsqueezed(axis: $1) } }
    return axes.reversed().reduce(x) { $0.squeezed(axis: $1) }
  }
}
