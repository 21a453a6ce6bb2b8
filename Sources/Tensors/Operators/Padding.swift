/// What stands around a tensor that is padded.
public enum PaddingMode: Hashable, Sendable {
  /// One number.
  case constant(Float)
  /// The tensor as in a mirror through its border elements, which are not repeated.
  case reflect
  /// The border elements, repeated.
  case replicate
}

/// More places before and after those of some axes.
struct Pad: BoxOperator {
  let mode: PaddingMode
  /// New places before and after each axis.
  let before: [Int]
  let after: [Int]

  var name: String { "Pad" }
  var attributes: [String: Attribute] {
    let mode = [PaddingMode.reflect: 1, .replicate: 2][mode, default: 0]
    return ["pads": .ints(before + after), "mode": .int(mode), "value": .float(fill ?? 0)]
  }

  func export(_ node: Node, into graph: inout GraphWriter) {
    let name = [PaddingMode.reflect: "reflect", .replicate: "edge"][mode, default: "constant"]
    let widths = graph.integers(before + after)
    let operands =
      [graph.name(of: node.inputs[0]), widths]
      + (fill.map { [graph.floats([$0], shape: [])] } ?? [])
    graph.define(node, as: graph.emit("Pad", operands, ["mode": .string(name)], in: node))
  }

  var fill: Float? {
    if case .constant(let value) = mode { value } else { nil }
  }

  var linearPart: Pad {
    fill == nil ? self : Pad(mode: .constant(0), before: before, after: after)
  }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    _ = try segments(of: inputs[0])
    return [Shape(inputs[0].dimensions.indices.map { inputs[0][$0] + before[$0] + after[$0] })]
  }

  func segments(of shape: Shape) throws(ShapeFault) -> [[Segment]] {
    guard before.count == shape.rank else {
      throw ShapeFault(reason: "\(before.count) axes are padded, not \(shape.rank)")
    }
    var result: [[Segment]] = []
    for (axis, extent) in shape.dimensions.enumerated() {
      let (before, after) = (before[axis], after[axis])
      guard before >= 0, after >= 0 else { throw ShapeFault(reason: "a padding is negative") }
      result.append(try segments(extent, before, after, axis))
    }
    return result
  }

  private func segments(
    _ extent: Int, _ before: Int, _ after: Int, _ axis: Int
  ) throws(ShapeFault) -> [Segment] {
    let middle = Segment(count: extent, to: before)
    guard before + after > 0, fill == nil else { return [middle] }
    let needed = mode == .reflect ? max(before, after) + 1 : 1
    guard extent >= needed else {
      throw ShapeFault(reason: "axis \(axis) is too short to be padded by \(before) and \(after)")
    }
    let isMirror = mode == .reflect
    let first = Segment(
      count: before, from: isMirror ? before : 0, fromStep: isMirror ? -1 : 0)
    let last = Segment(
      count: after, from: isMirror ? extent - 2 : extent - 1, fromStep: isMirror ? -1 : 0,
      to: before + extent)
    return [first, middle, last].filter { $0.count > 0 }
  }
}

extension Tensor {
  /// The tensor with more places around it.
  ///
  /// - Parameters:
  ///   - widths: how many places before and after each axis, first axis first (PyTorch's `pad` begins with the last);
  ///     with fewer pairs than axes the last axes are meant.
  ///   - mode: what stands there; by default zeros. A reflected axis must be longer than its padding.
  public func padded(
    _ widths: [(before: Int, after: Int)], mode: PaddingMode = .constant(0)
  ) -> Tensor {
    let whole = [Int](repeating: 0, count: max(0, shape.rank - widths.count))
    guard widths.contains(where: { $0.before != 0 || $0.after != 0 }) else { return self }
    let pad = Pad(
      mode: mode, before: whole + widths.map(\.before), after: whole + widths.map(\.after))
    return Tensor(pad, self)
  }
}
