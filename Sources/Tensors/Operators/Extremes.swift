/// What several elements come to, other than their sum.
enum Fold: Hashable, CustomStringConvertible {
  case max, min, prod

  /// As in the ONNX names, such as `ReduceMax`.
  var description: String {
    switch self {
    case .max: "Max"
    case .min: "Min"
    case .prod: "Prod"
    }
  }
}

/// The greatest or least element or the product over some axes, which vanish from the shape.
struct ReduceFold: Operator {
  let operation: Fold
  /// In ascending order, each once.
  let axes: [Int]

  var name: String { "Reduce\(operation)" }
  var attributes: [String: Attribute] { ["axes": .ints(axes), "keepdims": .int(0)] }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    let result = try inputs[0].removing(axes)
    if operation != .prod, axes.contains(where: { inputs[0][$0] == 0 }) {
      throw ShapeFault(reason: "over no elements there is none")
    }
    return [result]
  }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    guard let g = upstream[0] else { return [] }
    let x = node.inputs[0]
    let kept = x.shape.keeping(axes)
    func spread(_ y: Tensor) -> Tensor { y.reshaped(to: kept).expanded(to: x.shape) }
    if operation == .prod {
      // Without the zeros; the product of the others is what the slope by an only zero is.
      let isZero = x.equal(to: 0)
      let product = Tensor(self, Tensor.where(isZero, 1, x))
      let (zeros, others) = (spread(isZero.sum(axes: axes)), spread(g * product))
      let byZero = Tensor.where(zeros.equal(to: 1), isZero * others, 0)
      return [Tensor.where(zeros.equal(to: 0), others / x, byZero)]
    }
    // Shared equally among equals, as PyTorch's amax and amin do.
    let isExtreme = x.equal(to: spread(Tensor(node: node)))
    return [isExtreme * spread(g / isExtreme.sum(axes: axes))]
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
      plan.add(
        FoldKernel(
          operation: operation, outer: step.outer, middle: step.middle, inner: step.inner,
          batch: axes.contains(0) ? step.outer : input.shape[0], source: source, result: result))
      source = result
    }
  }
}

/// The place of the greatest or least element along an axis, which vanishes from the shape; the first among equals.
struct ArgExtreme: FlatOperator {
  let operation: Fold
  let axis: Int

  var name: String { "Arg\(operation)" }
  var attributes: [String: Attribute] {
    ["axis": .int(axis), "keepdims": .int(0), "select_last_index": .int(0)]
  }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    let result = try inputs[0].removing([axis])
    guard inputs[0][axis] > 0 else { throw ShapeFault(reason: "over no elements there is none") }
    return [result]
  }

  func export(_ node: Node, into graph: inout GraphWriter) {
    let place = graph.emit(name, [graph.name(of: node.inputs[0])], attributes, in: node)
    graph.define(node, asCastOf: place, .int64)
  }

  func lower(_ node: Node, into plan: inout Lowering) throws(TensorError) {
    let input = node.inputs[0]
    let reduction = Reduction(of: input.shape, over: [axis], in: plan.order(of: input))
    let source = plan.value(input, as: reduction.order)
    let result = plan.define(node, as: reduction.resultOrder)
    for step in reduction.steps {
      plan.add(
        FoldKernel(
          operation: operation, findsPlace: true, outer: step.outer, middle: step.middle,
          inner: step.inner, batch: axis == 0 ? step.outer : input.shape[0], source: source,
          result: result))
    }
  }
}

extension Tensor {
  /// The greatest element over some axes, which vanish or stay with extent 1; negative axes count from the end.
  ///
  /// The gradient is shared equally among equals, as by PyTorch's `amax`.
  public func maximum(axes: [Int], keepingDimensions: Bool = false) -> Tensor {
    folded(.max, axes, keepingDimensions)
  }

  /// The least element over some axes, which vanish or stay with extent 1; negative axes count from the end.
  ///
  /// The gradient is shared equally among equals, as by PyTorch's `amin`.
  public func minimum(axes: [Int], keepingDimensions: Bool = false) -> Tensor {
    folded(.min, axes, keepingDimensions)
  }

  /// The product over some axes, which vanish or stay with extent 1; negative axes count from the end.
  ///
  /// The product over nothing is 1. Slopes are right beside zeros too.
  public func product(axes: [Int], keepingDimensions: Bool = false) -> Tensor {
    folded(.prod, axes, keepingDimensions)
  }

  private func folded(_ operation: Fold, _ axes: [Int], _ keepingDimensions: Bool) -> Tensor {
    let resolved = shape.resolved(axes)
    guard !resolved.isEmpty else { return self }
    // The first axis last: what comes before is shared out by its places.
    if resolved.count > 1, resolved == Array(0..<shape.rank) {
      let inner = folded(operation, Array(1..<shape.rank), keepingDimensions)
      return inner.folded(operation, [0], keepingDimensions)
    }
    let result = Tensor(ReduceFold(operation: operation, axes: resolved), self)
    return result.keeping(resolved, of: shape, if: keepingDimensions)
  }

  /// Puts axes that a reduction removed back with extent 1.
  private func keeping(_ axes: [Int], of shape: Shape, if keepingDimensions: Bool) -> Tensor {
    keepingDimensions && fault == nil ? reshaped(to: shape.keeping(axes)) : self
  }

  /// The place of the greatest element along an axis, which vanishes or stays with extent 1: whole numbers from 0. The first
  /// among equals; a NaN counts as the greatest. No gradient.
  public func argMax(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    argExtreme(.max, axis, keepingDimensions)
  }

  /// The place of the least element along an axis, which vanishes or stays with extent 1: whole numbers from 0. The first
  /// among equals; a NaN counts as the least. No gradient.
  public func argMin(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    argExtreme(.min, axis, keepingDimensions)
  }

  private func argExtreme(_ operation: Fold, _ axis: Int, _ keepingDimensions: Bool) -> Tensor {
    let resolved = axis < 0 ? axis + shape.rank : axis
    let result = Tensor(ArgExtreme(operation: operation, axis: resolved), self)
    return result.keeping([resolved], of: shape, if: keepingDimensions)
  }

  /// `log Σ exp(x)` over some axes, which vanish or stay with extent 1; negative axes count from the end. Stable for large
  /// numbers.
  public func logSumExp(axes: [Int], keepingDimensions: Bool = false) -> Tensor {
    let resolved = shape.resolved(axes)
    guard !resolved.isEmpty else { return self }
    let greatest = maximum(axes: resolved, keepingDimensions: true).stoppingGradient()
    // Infinities cannot be taken off: they would leave NaN.
    let shift = Tensor.where(greatest.absolute().equal(to: Tensor(.infinity)), 0, greatest)
    let sum = (self - shift).exp().sum(axes: resolved, keepingDimensions: true)
    let result = sum.log() + shift
    guard !keepingDimensions, result.fault == nil else { return result }
    return result.reshaped(
      to: Shape(shape.dimensions.indices.filter { !resolved.contains($0) }.map { shape[$0] }))
  }

  /// The variance over some axes, which vanish or stay with extent 1; negative axes count from the end.
  ///
  /// - Parameters:
  ///   - axes: which vanish or stay; negative ones count from the end.
  ///   - correction: taken off the number of elements that the sum of squares is divided by: 1 for the unbiased estimate,
  ///     as PyTorch's default, 0 for that of the elements themselves.
  ///   - keepingDimensions: whether they stay with extent 1.
  public func variance(
    axes: [Int], correction: Int = 0, keepingDimensions: Bool = false
  ) -> Tensor {
    let mean = mean(axes: axes, keepingDimensions: true)
    let squares = (self - mean).squared().sum(axes: axes, keepingDimensions: keepingDimensions)
    let count = shape.count / max(mean.shape.count, 1)
    return squares / Tensor(Float(max(count - correction, 0)))
  }
}
