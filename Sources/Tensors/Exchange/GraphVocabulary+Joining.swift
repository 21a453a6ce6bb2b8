extension GraphVocabulary {
  static func concat(_ node: NodeReader) throws(GraphError) -> GraphOperand {
    if let lists = node.allIntegers, !lists.isEmpty {
      let joined = Array(lists.joined())
      guard joined.count <= 1 << 16 else { throw node.malformed("its list is too long") }
      return .integers(joined, isScalar: false)
    }
    let tensors = try node.tensors(1...65_536)
    let axis = try node.axis(try node.int("axis"), of: tensors[0].shape.rank)
    return .tensor(.concatenated(tensors, axis: axis))
  }

  static func split(_ node: NodeReader) throws(GraphError) -> [GraphOperand] {
    let x = try node.tensor(0)
    let axis = try node.axis(try node.int("axis", default: 0), of: x.shape.rank)
    let sizes = try node.integers(1)
    guard sizes.count <= 65_536, sizes.allSatisfy({ (0...x.shape[axis]).contains($0) }) else {
      throw node.malformed("the sizes \(sizes.prefix(8)) are impossible")
    }
    return x.split(axis: axis, sizes: sizes).map { .tensor($0) }
  }

  static func slice(_ node: NodeReader) throws(GraphError) -> Tensor {
    var x = try node.tensor(0)
    let (starts, ends) = (try node.integers(1), try node.integers(2))
    let list = node.has(3) ? try node.integers(3) : Array(starts.indices)
    let steps =
      node.has(4) ? try node.integers(4) : [Int](repeating: 1, count: starts.count)
    let axes = try node.axes(list, of: x.shape.rank)
    guard starts.count == axes.count, ends.count == axes.count, steps.count == axes.count else {
      throw node.malformed("its lists have different lengths")
    }
    for place in axes.indices {
      let (axis, extent) = (axes[place], x.shape[axes[place]])
      if steps[place] == -1, starts[place] == -1, ends[place] <= -extent - 1 {
        x = x.reversed(axis: axis)
        continue
      }
      guard steps[place] > 0 else {
        throw node.malformed("the step \(steps[place]) is known for whole axes alone")
      }
      // As in NumPy: counted from the end where negative, and never beyond it.
      func within(_ index: Int) -> Int {
        min(max(index < 0 ? max(index, -extent) + extent : index, 0), extent)
      }
      let from = within(starts[place])
      x = x.slice(
        axis: axis, from: from, to: max(within(ends[place]), from),
        step: min(steps[place], extent + 1))
    }
    return x
  }

  static func gather(_ node: NodeReader) throws(GraphError) -> Tensor {
    let (x, indices) = (try node.tensor(0), try node.tensor(1))
    let axis = try node.axis(try node.int("axis", default: 0), of: x.shape.rank)
    return x.gathered(at: indices, axis: axis)
  }

  static func oneHot(_ node: NodeReader) throws(GraphError) -> Tensor {
    let indices = try node.tensor(0)
    let depth = try node.integers(1)
    let values = try node.tensor(2)
    guard depth.count == 1, (1...1 << 20).contains(depth[0]),
      [-1, indices.shape.rank].contains(try node.int("axis", default: -1))
    else { throw node.malformed("it wants one depth up to 2^20, along the last axis") }
    try node.check(values, is: [2])
    let marks = indices.oneHot(count: depth[0])
    let (off, on) = (values.slice(axis: 0, to: 1), values.slice(axis: 0, from: 1))
    return off + marks * (on - off)
  }

  static func pad(_ node: NodeReader) throws(GraphError) -> Tensor {
    let (x, widths) = (try node.tensor(0), try node.integers(1))
    let rank = x.shape.rank
    guard widths.count == 2 * rank, widths.allSatisfy({ (0...1 << 20).contains($0) }) else {
      throw node.malformed("it pads by \(widths.prefix(16))")
    }
    let mode: PaddingMode
    switch try node.string("mode", default: "constant") {
    case "constant":
      let fill = node.has(2) ? try node.tensor(2).constantScalar : 0
      guard let fill else { throw node.malformed("what it pads with is no fixed number") }
      mode = .constant(fill)
    case "reflect": mode = .reflect
    case "edge": mode = .replicate
    case let other: throw node.malformed("the mode \"\(other)\" is not known")
    }
    _ = try node.shape((0..<rank).map { x.shape[$0] + widths[$0] + widths[rank + $0] })
    return x.padded((0..<rank).map { (widths[$0], widths[rank + $0]) }, mode: mode)
  }
}
