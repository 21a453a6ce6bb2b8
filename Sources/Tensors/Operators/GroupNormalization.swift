/// Normalises groups of channels of `[N, C, ...]`, each image by itself.
///
/// Inputs: x, weight and bias. Outputs: the result, and for each image and group the mean and the inverse deviation.
struct GroupNormalization: Operator {
  let groups: Int
  let epsilon: Float

  var name: String { "GroupNormalization" }
  var attributes: [String: Attribute] {
    ["num_groups": .int(groups), "epsilon": .float(epsilon)]
  }
  var rectifiesItself: Bool { true }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    try checkChannels(inputs)
    guard groups > 0, inputs[0][1].isMultiple(of: groups) else {
      throw ShapeFault(reason: "\(inputs[0][1]) channels do not make \(groups) equal groups")
    }
    return [inputs[0], [inputs[0][0], groups], [inputs[0][0], groups]]
  }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    guard let g = upstream[0] else { return [] }
    let gradient = Node(
      GroupNormalizationGradient(groups: groups, epsilon: epsilon),
      [
        node.inputs[0], g, node.inputs[1], Tensor(node: node, output: 1),
        Tensor(node: node, output: 2),
      ])
    return (0..<3).map { Tensor(node: gradient, output: $0) }
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    let x = plan.value(node.inputs[0], as: .channelsLast)
    let (weight, bias) = (plan.value(node.inputs[1]), plan.value(node.inputs[2]))
    let (result, hasRelu) = plan.defineProduct(node, as: .channelsLast)
    plan.add(
      GroupNormalizationKernel(
        form: .init(
          batch: BatchGeometry(node.inputs[0].shape), groups: groups, epsilon: epsilon,
          hasRelu: hasRelu),
        x: x, weight: weight, bias: bias, result: result, mean: plan.define(node, output: 1),
        inverse: plan.define(node, output: 2)))
  }
}

/// The gradients of ``GroupNormalization`` by x, weight and bias.
///
/// Inputs: x, the result's gradient, weight, and the means and inverse deviations.
struct GroupNormalizationGradient: UndifferentiatedOperator {
  let groups: Int
  let epsilon: Float

  var name: String { "GroupNormalizationGradient" }
  var attributes: [String: Attribute] {
    ["num_groups": .int(groups), "epsilon": .float(epsilon)]
  }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    [inputs[0], inputs[2], inputs[2]]
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    let batch = BatchGeometry(node.inputs[0].shape)
    let x = plan.value(node.inputs[0], as: .channelsLast)
    let gradient = plan.value(node.inputs[1], as: .channelsLast)
    let rest = node.inputs[2...].map { plan.value($0) }
    // The gradients by weight and bias of each image, which are then added.
    let (ofWeight, ofBias) = (
      plan.makeValue(count: batch.images * batch.channels),
      plan.makeValue(count: batch.images * batch.channels)
    )
    plan.add(
      GroupGradientKernel(
        form: .init(batch: batch, groups: groups, epsilon: epsilon), x: x, gradient: gradient,
        weight: rest[0], mean: rest[1], inverse: rest[2],
        result: plan.define(node, as: .channelsLast), ofWeight: ofWeight, ofBias: ofBias))
    let step = Reduction.Step(outer: 1, middle: batch.images, inner: batch.channels)
    plan.addSum(step, of: ofWeight, into: plan.define(node, output: 1))
    plan.addSum(step, of: ofBias, into: plan.define(node, output: 2))
  }
}

extension Tensor {
  /// Normalises groups of neighbouring channels by their mean and variance, each image by itself (Wu and He 2018,
  /// https://arxiv.org/abs/1803.08494).
  ///
  /// - Parameters:
  ///   - x: `[N, C, ...]`
  ///   - groups: how many; it divides the number of channels.
  ///   - weight: `[C]`
  ///   - bias: `[C]`
  ///   - epsilon: added to the variance, so that nothing is divided by 0.
  /// - Returns: `(x - mean) / √(variance + epsilon) · weight + bias`, of the shape of `x`.
  public static func groupNormalization(
    _ x: Tensor, groups: Int, weight: Tensor, bias: Tensor, epsilon: Float
  ) -> Tensor {
    Tensor(GroupNormalization(groups: groups, epsilon: epsilon), of: [x, weight, bias])
  }
}
