/// Normalises each row of the axes from one on.
///
/// Inputs: x, weight and bias, the latter of the shape of those axes. Outputs: the result, and for each row the mean and the
/// inverse deviation.
struct LayerNormalization: Operator {
  let axis: Int
  let epsilon: Float

  var name: String { "LayerNormalization" }
  var attributes: [String: Attribute] { ["axis": .int(axis), "epsilon": .float(epsilon)] }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    let x = inputs[0]
    guard axis >= 0, inputs[1].count > 0,
      Array(x.dimensions.dropFirst(axis)) == inputs[1].dimensions
    else {
      throw ShapeFault(reason: "the last axes are not \(inputs[1]), whose rows are normalised")
    }
    guard inputs[2] == inputs[1] else {
      throw ShapeFault(reason: "weight and bias have the shapes \(inputs[1]) and \(inputs[2])")
    }
    let rows = x.keeping(Array(axis..<x.rank))
    return [x, rows, rows]
  }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    guard let g = upstream[0] else { return [] }
    let gradient = Node(
      LayerNormalizationGradient(axis: axis),
      [
        node.inputs[0], g, node.inputs[1], Tensor(node: node, output: 1),
        Tensor(node: node, output: 2),
      ])
    return (0..<3).map { Tensor(node: gradient, output: $0) }
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    let operands = node.inputs.map { plan.value($0) }
    plan.add(
      LayerNormalizationKernel(
        rows: RowGeometry(node.inputs[0].shape, axis: axis), epsilon: epsilon, x: operands[0],
        weight: operands[1], bias: operands[2], result: plan.define(node),
        mean: plan.define(node, output: 1), inverse: plan.define(node, output: 2)))
  }
}

/// The gradients of ``LayerNormalization`` by x, weight and bias.
///
/// Inputs: x, the result's gradient, weight, and the means and inverse deviations.
struct LayerNormalizationGradient: UndifferentiatedOperator {
  let axis: Int

  var name: String { "LayerNormalizationGradient" }
  var attributes: [String: Attribute] { ["axis": .int(axis)] }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    [inputs[0], inputs[2], inputs[2]]
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    let rows = RowGeometry(node.inputs[0].shape, axis: axis)
    let operands = node.inputs.map { plan.value($0) }
    let (ofWeight, ofBias) = (
      plan.makeValue(count: rows.parts * rows.features),
      plan.makeValue(count: rows.parts * rows.features)
    )
    plan.add(
      LayerGradientKernel(
        rows: rows, x: operands[0], gradient: operands[1], weight: operands[2], mean: operands[3],
        inverse: operands[4], result: plan.define(node), ofWeight: ofWeight, ofBias: ofBias))
    for (output, parts) in [(1, ofWeight), (2, ofBias)] {
      plan.add(
        AxisSumKernel(
          outer: 1, middle: rows.parts, inner: rows.features, source: parts,
          result: plan.define(node, output: output)))
    }
  }
}

extension Tensor {
  /// Normalises each row of the last axes by its mean and variance (Ba, Kiros and Hinton 2016,
  /// https://arxiv.org/abs/1607.06450).
  ///
  /// - Parameters:
  ///   - x: `[..., features...]`
  ///   - weight: `[features...]`, one axis or several.
  ///   - bias: of the shape of `weight`.
  ///   - epsilon: added to the variance, so that nothing is divided by 0.
  /// - Returns: `(x - mean) / √(variance + epsilon) · weight + bias`, of the shape of `x`.
  public static func layerNormalization(
    _ x: Tensor, weight: Tensor, bias: Tensor, epsilon: Float
  ) -> Tensor {
    let operation = LayerNormalization(axis: x.shape.rank - weight.shape.rank, epsilon: epsilon)
    return Tensor(operation, of: [x, weight, bias])
  }
}
