/// An operator that moves boxes of its only operand: each result element is one of the operand's, or a fixed number.
protocol BoxOperator: Operator {
  /// Along each axis the places that move; boxes are all combinations.
  func segments(of shape: Shape) throws(ShapeFault) -> [[Segment]]
  /// What the result holds where no box goes; `nil` where boxes cover all of it.
  var fill: Float? { get }
  /// The operator without its fixed number: what it does to slopes.
  var linearPart: Self { get }
}

extension BoxOperator {
  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    let gradient = BoxGradient(forward: linearPart, shape: node.inputs[0].shape)
    return [upstream[0].map { Tensor(gradient, $0) }]
  }

  func lower(_ node: Node, into plan: inout Lowering) throws(TensorError) {
    let segments = plan.segments(of: self, on: node.inputs[0].shape)
    plan.addMove(node, segments, fill: fill)
  }
}

/// The gradient of an operator that moves boxes: it moves them back, and adds where one element went to several places.
struct BoxGradient<Forward: BoxOperator>: Operator {
  let forward: Forward
  /// The shape of the forward operator's operand.
  let shape: Shape

  var name: String { "\(forward.name)Gradient" }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] { [shape] }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    [upstream[0].map { Tensor(forward, $0) }]
  }

  func lower(_ node: Node, into plan: inout Lowering) throws(TensorError) {
    let segments = plan.segments(of: forward, on: shape)
    let returned = segments.map { axis in axis.map(\.returned) }
    plan.addMove(node, returned, fill: 0, adds: segments.contains { $0.count > 1 })
  }
}

extension Lowering {
  /// The places an operator moves; its shape rule has held already.
  fileprivate func segments(of operation: some BoxOperator, on shape: Shape) -> [[Segment]] {
    do throws(ShapeFault) {
      return try operation.segments(of: shape)
    } catch {
      preconditionFailure("\(operation.name) of \(shape) was lowered: \(error.reason)")
    }
  }

  /// Adds the kernel that moves boxes of a node's operand, in the order in which it lies.
  fileprivate mutating func addMove(
    _ node: Node, _ segments: [[Segment]], fill: Float?, adds: Bool = false
  ) {
    let input = node.inputs[0]
    let order = order(of: input)
    let boxes = order.axes(rank: input.shape.rank).reduce([[]]) { boxes, axis in
      boxes.flatMap { box in segments[axis].map { box + [$0] } }
    }
    let source = value(input, as: order)
    let dimensions = order.dimensions(of: input.shape)
    add(
      MoveKernel(
        name: node.operation.name, dimensions: order.dimensions(of: node.shapes[0]),
        boxes: boxes.map { .init(source: source, dimensions: dimensions, segments: $0) },
        result: define(node, as: order), fill: fill, adds: adds))
  }
}

/// Some places along some axes.
struct Slice: BoxOperator {
  /// Which places of an axis stay; negative numbers count from the end, `nil` is the end.
  struct Cut: Hashable {
    let axis: Int
    let from: Int
    let to: Int?
    let step: Int
  }

  let cuts: [Cut]

  var name: String { "Slice" }
  var attributes: [String: Attribute] {
    [
      "axes": .ints(cuts.map(\.axis)), "starts": .ints(cuts.map(\.from)),
      "ends": .ints(cuts.map { $0.to ?? .max }), "steps": .ints(cuts.map(\.step)),
    ]
  }

  var fill: Float? { nil }
  var linearPart: Slice { self }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    [Shape(try segments(of: inputs[0]).map { $0[0].count })]
  }

  func segments(of shape: Shape) throws(ShapeFault) -> [[Segment]] {
    var result = shape.dimensions.map { [Segment(count: $0)] }
    for cut in cuts {
      let axis = try shape.axis(cut.axis)
      let extent = shape[axis]
      let from = cut.from < 0 ? cut.from + extent : cut.from
      let to = cut.to.map { $0 < 0 ? $0 + extent : $0 } ?? extent
      guard cut.step > 0 else { throw ShapeFault(reason: "the step \(cut.step) is not positive") }
      guard from >= 0, from <= to, to <= extent else {
        throw ShapeFault(reason: "axis \(axis) has no places \(cut.from)..<\(cut.to ?? extent)")
      }
      let count = (to - from + cut.step - 1) / cut.step
      result[axis] = [Segment(count: count, from: from, fromStep: cut.step)]
    }
    return result
  }
}

extension Slice {
  /// What ONNX takes for the end of any axis.
  static let farEnd = Int(Int32.max)

  func export(_ node: Node, into graph: inout GraphWriter) {
    let lists = [
      cuts.map(\.from), cuts.map { $0.to ?? Slice.farEnd }, cuts.map(\.axis), cuts.map(\.step),
    ].map { graph.integers($0) }
    graph.define(
      node, as: graph.emit("Slice", [graph.name(of: node.inputs[0])] + lists, in: node))
  }
}

/// The places along one axis, last one first.
struct Reversal: BoxOperator {
  let axis: Int

  // ONNX has no operator of its own for it.
  var name: String { "Slice" }
  var attributes: [String: Attribute] {
    ["axes": .ints([axis]), "starts": .ints([-1]), "ends": .ints([.min]), "steps": .ints([-1])]
  }

  var fill: Float? { nil }
  var linearPart: Reversal { self }

  func export(_ node: Node, into graph: inout GraphWriter) {
    let lists = [[-1], [-Slice.farEnd], [axis], [-1]].map { graph.integers($0) }
    graph.define(
      node, as: graph.emit("Slice", [graph.name(of: node.inputs[0])] + lists, in: node))
  }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    _ = try inputs[0].axis(axis)
    return inputs
  }

  func segments(of shape: Shape) throws(ShapeFault) -> [[Segment]] {
    var result = shape.dimensions.map { [Segment(count: $0)] }
    let axis = try shape.axis(axis)
    result[axis] = [Segment(count: shape[axis], from: shape[axis] - 1, fromStep: -1)]
    return result
  }
}

extension Shape {
  /// An axis counted from the front; negative ones count from the end.
  func axis(_ axis: Int) throws(ShapeFault) -> Int {
    let resolved = axis < 0 ? axis + rank : axis
    guard dimensions.indices.contains(resolved) else {
      throw ShapeFault(reason: "there is no axis \(axis)")
    }
    return resolved
  }
}

extension Tensor {
  /// The places `from..<to` along one axis, or every `step`-th of them.
  ///
  /// - Parameters:
  ///   - axis: negative ones count from the end.
  ///   - from: the first place; a negative one counts from the end.
  ///   - to: the place after the last; a negative one counts from the end, and without it all up to the end are taken.
  ///   - step: at least 1.
  /// - Returns: the tensor's shape with the extent along `axis` cut.
  public func slice(axis: Int, from: Int = 0, to: Int? = nil, step: Int = 1) -> Tensor {
    Tensor(Slice(cuts: [.init(axis: axis, from: from, to: to, step: step)]), self)
  }

  /// A box: the given places along each axis, first axis first; `nil` and missing ones keep the axis whole.
  public func slice(_ ranges: [Range<Int>?]) -> Tensor {
    let cuts = ranges.enumerated().compactMap { axis, range in
      range.map { Slice.Cut(axis: axis, from: $0.lowerBound, to: $0.upperBound, step: 1) }
    }
    return cuts.isEmpty ? self : Tensor(Slice(cuts: cuts), self)
  }

  /// The places along one axis in reverse order; negative axes count from the end.
  public func reversed(axis: Int) -> Tensor { Tensor(Reversal(axis: axis), self) }
}
