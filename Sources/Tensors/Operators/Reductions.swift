/// The sum over some axes, which vanish from the shape.
struct ReduceSum: Operator {
  /// In ascending order, each once.
  let axes: [Int]

  var name: String { "ReduceSum" }
  var attributes: [String: Attribute] { ["axes": .ints(axes), "keepdims": .int(0)] }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    [try inputs[0].removing(axes)]
  }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    guard let g = upstream[0] else { return [] }
    let shape = node.inputs[0].shape
    return [g.reshaped(to: shape.keeping(axes)).expanded(to: shape)]
  }

  func export(_ node: Node, into graph: inout GraphWriter) {
    graph.addReduction(node, over: axes)
  }

  func lower(_ node: Node, into plan: inout Lowering) throws(TensorError) {
    let input = node.inputs[0]
    let reduction = Reduction(of: input.shape, over: axes, in: plan.order(of: input))
    var source = plan.value(input, as: reduction.order)
    for (place, step) in reduction.steps.enumerated() {
      let isLast = place == reduction.steps.count - 1
      let result =
        isLast ? plan.define(node, as: reduction.resultOrder) : plan.makeValue(count: step.count)
      plan.addSum(step, of: source, into: result)
      source = result
    }
  }

  /// The first summed axis, where the sum can be taken row by row while a chain of this shape is computed, in
  /// whichever order.
  func firstTrailingAxis(of shape: Shape) -> Int? {
    guard let first = axes.first, first > 0, axes == Array(first..<shape.rank) else { return nil }
    return first == 1 || shape.isOrderFree ? first : nil
  }
}

/// How to sum over some axes: groups of neighbours in memory, one after the other.
struct Reduction {
  /// A sum over the middle of three groups of axes.
  struct Step {
    let outer: Int
    let middle: Int
    let inner: Int
    /// Elements that are left.
    var count: Int { outer * inner }
  }

  /// The order in which the operand must lie.
  let order: ElementOrder
  /// The order in which the result then lies.
  let resultOrder: ElementOrder
  private(set) var steps: [Step] = []

  init(of shape: Shape, over axes: [Int], in native: ElementOrder) {
    let reduced = Set(axes)
    let kept = native.axes(rank: shape.rank).filter { !reduced.contains($0) }
    let sorted = kept.sorted()
    if kept == sorted {
      (order, resultOrder) = (native, .rowMajor)
    } else if kept == ElementOrder.channelsLast.axes(rank: kept.count).map({ sorted[$0] }) {
      (order, resultOrder) = (native, .channelsLast)
    } else {
      (order, resultOrder) = (.rowMajor, .rowMajor)
    }
    var left = order.axes(rank: shape.rank).map {
      (extent: shape[$0], isSummed: reduced.contains($0))
    }
    while let last = left.lastIndex(where: \.isSummed) {
      var first = last
      while first > 0, left[first - 1].isSummed { first -= 1 }
      let extents = left.map(\.extent)
      steps.append(
        Step(
          outer: extents[..<first].reduce(1, *), middle: extents[first...last].reduce(1, *),
          inner: extents[(last + 1)...].reduce(1, *)))
      left.removeSubrange(first...last)
    }
  }
}

extension Lowering {
  /// Adds the kernels of one sum; a tall and narrow matrix in parts by rows, which are then added.
  mutating func addSum(_ step: Reduction.Step, of source: ValueID, into result: ValueID) {
    if step.inner == 1 {
      var program = ChainProgram(rows: step.outer, columns: step.middle)
      let slot = program.addSlot(.full, source)
      let target = program.addSlot(.column, result, isResult: true)
      program.steps.append(.init(operation: .rowSum, out: target, inputs: [slot]))
      let label = "ReduceSum [\(step.outer), \(step.middle)] by rows"
      add(ElementwiseKernel(label: label, program: program))
    } else if step.outer == 1, step.inner < 256, step.middle >= 1024 {
      let count = 32
      let parts = makeValue(count: count * step.inner)
      add(
        PartialSumKernel(
          rows: step.middle, columns: step.inner, parts: count, source: source, result: parts))
      add(
        AxisSumKernel(outer: 1, middle: count, inner: step.inner, source: parts, result: result))
    } else {
      add(
        AxisSumKernel(
          outer: step.outer, middle: step.middle, inner: step.inner, source: source,
          result: result))
    }
  }
}

extension GraphWriter {
  /// Writes a reduction, whose axes are an operand in ONNX.
  mutating func addReduction(_ node: Node, over axes: [Int]) {
    let list = integers(axes)
    define(
      node,
      as: emit(
        node.operation.name, [name(of: node.inputs[0]), list], ["keepdims": .int(0)], in: node))
  }
}

extension Shape {
  /// The shape without some axes.
  func removing(_ axes: [Int]) throws(ShapeFault) -> Shape {
    let missing = axes.filter { !(0..<rank).contains($0) }
    guard missing.isEmpty else { throw ShapeFault(reason: "there are no axes \(missing)") }
    guard Set(axes).count == axes.count else {
      throw ShapeFault(reason: "\(axes) names an axis twice")
    }
    return Shape(dimensions.indices.filter { !axes.contains($0) }.map { dimensions[$0] })
  }

  /// The shape with extent 1 along some axes.
  func keeping(_ axes: [Int]) -> Shape {
    Shape(dimensions.indices.map { axes.contains($0) ? 1 : dimensions[$0] })
  }

  /// Axes counted from the front, ascending; negative ones count from the end, as in NumPy.
  func resolved(_ axes: [Int]) -> [Int] {
    axes.map { $0 < 0 ? $0 + rank : $0 }.sorted()
  }
}

extension Tensor {
  /// The sum over some axes, which vanish or stay with extent 1; negative axes count from the end.
  ///
  /// The sum over nothing is 0.
  public func sum(axes: [Int], keepingDimensions: Bool = false) -> Tensor {
    let resolved = shape.resolved(axes)
    guard !resolved.isEmpty else { return self }
    let result = Tensor(ReduceSum(axes: resolved), self)
    return keepingDimensions && result.fault == nil
      ? result.reshaped(to: shape.keeping(resolved)) : result
  }

  /// The sum over neighbouring axes, which vanish.
  public func sum(axes: Range<Int>) -> Tensor { sum(axes: Array(axes)) }

  /// The sum of all elements, of shape `[]`.
  ///
  /// Inner axes first: those sums are shared out by rows.
  public func sum() -> Tensor {
    shape.rank > 1 ? sum(axes: 1..<shape.rank).sum(axes: [0]) : sum(axes: 0..<shape.rank)
  }

  /// The mean over some axes, which vanish or stay with extent 1; negative axes count from the end.
  public func mean(axes: [Int], keepingDimensions: Bool = false) -> Tensor {
    let total = sum(axes: axes, keepingDimensions: keepingDimensions)
    return total * Tensor(Float(max(total.shape.count, 1)) / Float(max(shape.count, 1)))
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
    // Row by row, along the way of the chain that made it.
    if target.count == 1 { return sum().reshaped(to: target) }
    let added = shape.rank - target.rank
    let repeated = shape.dimensions.indices.filter { axis in
      axis < added || (target[axis - added] == 1 && shape[axis] != 1)
    }
    return sum(axes: Array(repeated)).reshaped(to: target)
  }
}
