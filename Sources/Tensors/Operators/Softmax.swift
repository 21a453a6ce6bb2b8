/// Exponentials divided by their sum along an axis, or the logarithm of that.
struct Softmax: Operator {
  let isLog: Bool
  /// Counted from the front.
  let axis: Int

  var name: String { isLog ? "LogSoftmax" : "Softmax" }
  var attributes: [String: Attribute] { ["axis": .int(axis)] }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    guard inputs[0].dimensions.indices.contains(axis) else {
      throw ShapeFault(reason: "there is no axis \(axis)")
    }
    return inputs
  }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    [upstream[0].map { Tensor(SoftmaxGradient(isLog: isLog, axis: axis), Tensor(node: node), $0) }]
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    let input = node.inputs[0]
    let order = plan.order(of: input)
    let source = plan.value(input, as: order)
    plan.addSoftmax(
      node, isLog: isLog, axis: axis, order, .logits(source))
  }
}

/// The gradient by the operand of ``Softmax``; operands: its result and the gradient of that.
struct SoftmaxGradient: Operator {
  let isLog: Bool
  let axis: Int

  var name: String { isLog ? "LogSoftmaxGradient" : "SoftmaxGradient" }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] { [inputs[0]] }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    guard let u = upstream[0] else { return [] }
    let (y, g) = (node.inputs[0], node.inputs[1])
    func total(_ x: Tensor) -> Tensor { x.sum(axes: [axis], keepingDimensions: true) }
    if isLog {
      let p = y.exp()
      return [-u * p * total(g), u - total(u * p)]
    }
    return [u * (g - total(g * y)) - g * total(u * y), Tensor(self, y, u)]
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    let order = plan.order(of: node.inputs[0])
    let operands = node.inputs.map { plan.value($0, as: order) }
    plan.addSoftmax(
      node, isLog: isLog, axis: axis, order, .slopes(result: operands[0], gradient: operands[1]))
  }
}

extension Lowering {
  fileprivate mutating func addSoftmax(
    _ node: Node, isLog: Bool, axis: Int, _ order: ElementOrder, _ input: SoftmaxKernel.Input
  ) {
    let shape = node.shapes[0]
    let place = order.axes(rank: shape.rank).firstIndex(of: axis) ?? axis
    add(
      SoftmaxKernel(
        isLog: isLog, shape: Shape(order.dimensions(of: shape)), axis: place, input: input,
        result: define(node, as: order)))
  }
}

extension Tensor {
  /// `exp(x) / Σ exp(x)` along an axis; negative ones count from the end.
  public func softmax(axis: Int = -1) -> Tensor { softmax(axis, isLog: false) }

  /// The logarithm of ``softmax(axis:)``, exact for small probabilities too.
  public func logSoftmax(axis: Int = -1) -> Tensor { softmax(axis, isLog: true) }

  private func softmax(_ axis: Int, isLog: Bool) -> Tensor {
    let resolved = axis < 0 ? axis + shape.rank : axis
    guard resolved == 0, shape.rank > 1, fault == nil else {
      return Tensor(Softmax(isLog: isLog, axis: resolved), self)
    }
    // Examples are shared out, so the axis of examples itself goes to the end.
    let permutation = Array(1..<shape.rank) + [0]
    let inverse = [shape.rank - 1] + Array(0..<shape.rank - 1)
    return transposed(permutation).softmax(-1, isLog: isLog).transposed(inverse)
  }
}
