/// Normalises each channel of `[N, C, ...]` by a given mean and variance: what a trained network does.
///
/// Inputs: x, weight, bias, mean and variance, the last four of shape `[C]`.
struct BatchNormalization: Operator {
  let epsilon: Float

  var name: String { "BatchNormalization" }
  var attributes: [String: Attribute] { ["epsilon": .float(epsilon)] }
  var rectifiesItself: Bool { true }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    try checkChannels(inputs)
    return [inputs[0]]
  }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    guard let g = upstream[0] else { return [] }
    let (x, weight) = (node.inputs[0], node.inputs[1])
    let others = [0] + Array(2..<x.shape.rank)
    let kept = x.shape.keeping(others)
    let inverse = 1 / (node.inputs[4] + Tensor(epsilon)).squareRoot()
    let centred = x - node.inputs[3].reshaped(to: kept)
    let ofBias = g.sum(axes: others)
    let ofWeight = (g * centred).sum(axes: others) * inverse
    let ofX = g * (weight * inverse).reshaped(to: kept)
    // Mean and variance: constants of a trained network as a rule, so these are seldom computed.
    let ofMean = -ofBias * weight * inverse
    let ofVariance = -0.5 * ofWeight * weight * inverse * inverse
    return [ofX, ofWeight, ofBias, ofMean, ofVariance]
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    let x = plan.value(node.inputs[0], as: .channelsLast)
    let given = node.inputs[1...].map { plan.value($0) }
    let (result, hasRelu) = plan.defineProduct(node, as: .channelsLast)
    plan.add(
      BatchNormalizationKernel(
        batch: BatchGeometry(node.inputs[0].shape), epsilon: epsilon, x: x, weight: given[0],
        bias: given[1], statistics: .known(mean: given[2], variance: given[3]), result: result,
        hasRelu: hasRelu))
  }
}

/// Normalises each channel of `[N, C, ...]` by its mean and variance over the batch: what a network does in
/// training.
///
/// Inputs: x, weight and bias. Outputs: the result, mean and variance of each channel, and the statistics of parts of the
/// batch, of which the gradient is made.
struct BatchNormalizationTraining: Operator {
  let epsilon: Float

  var name: String { "BatchNormalization" }
  var attributes: [String: Attribute] { ["epsilon": .float(epsilon), "training_mode": .int(1)] }
  var rectifiesItself: Bool { true }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    try checkChannels(inputs)
    let batch = BatchGeometry(inputs[0])
    return [
      inputs[0], [batch.channels], [batch.channels], [batch.parts, 2, batch.channels],
    ]
  }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    guard let g = upstream[0] else { return [] }
    let (x, weight) = (node.inputs[0], node.inputs[1])
    let gradient = Node(
      BatchNormalizationGradient(epsilon: epsilon), [x, g, weight, Tensor(node: node, output: 3)])
    return (0..<3).map { Tensor(node: gradient, output: $0) }
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    let batch = BatchGeometry(node.inputs[0].shape)
    let x = plan.value(node.inputs[0], as: .channelsLast)
    let (weight, bias) = (plan.value(node.inputs[1]), plan.value(node.inputs[2]))
    let parts = plan.define(node, output: 3)
    plan.add(BatchStatisticsKernel(batch: batch, x: x, result: parts))
    let (result, hasRelu) = plan.defineProduct(node, as: .channelsLast)
    plan.add(
      BatchNormalizationKernel(
        batch: batch, epsilon: epsilon, x: x, weight: weight, bias: bias,
        statistics: .parts(parts), result: result, hasRelu: hasRelu))
    guard plan.isRead(node, output: 1) || plan.isRead(node, output: 2) else { return }
    plan.add(
      MergedStatisticsKernel(
        batch: batch, parts: parts, mean: plan.define(node, output: 1),
        variance: plan.define(node, output: 2)))
  }
}

/// The gradients of ``BatchNormalizationTraining`` by x, weight and bias.
///
/// Inputs: x, the result's gradient, weight and the statistics of the parts.
struct BatchNormalizationGradient: UndifferentiatedOperator {
  let epsilon: Float

  var name: String { "BatchNormalizationGradient" }
  var attributes: [String: Attribute] { ["epsilon": .float(epsilon)] }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    [inputs[0], inputs[2], inputs[2]]
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    let batch = BatchGeometry(node.inputs[0].shape)
    let operands = BatchGradientOperands(
      batch: batch, epsilon: epsilon, x: plan.value(node.inputs[0], as: .channelsLast),
      gradient: plan.value(node.inputs[1], as: .channelsLast),
      weight: plan.value(node.inputs[2]), statistics: plan.value(node.inputs[3]))
    let products = plan.makeValue(count: batch.parts * batch.channels)
    let sums = plan.makeValue(count: batch.parts * batch.channels)
    plan.add(BatchGradientSumsKernel(operands: operands, products: products, sums: sums))
    if plan.isRead(node, output: 0) {
      plan.add(
        BatchGradientKernel(
          operands: operands, products: products, sums: sums,
          result: plan.define(node, as: .channelsLast)))
    }
    for (output, parts) in [(1, products), (2, sums)] {
      plan.add(
        AxisSumKernel(
          outer: 1, middle: batch.parts, inner: batch.channels, source: parts,
          result: plan.define(node, output: output)))
    }
  }
}

/// Holds operands of a normalisation by channels to `[N, C, ...]` and `[C]`.
func checkChannels(_ inputs: [Shape]) throws(ShapeFault) {
  let x = inputs[0]
  guard x.rank > 1, x[1] > 0 else {
    throw ShapeFault(reason: "what is normalised must be [N, C, ...] with at least one channel")
  }
  for operand in inputs.dropFirst() where operand != [x[1]] {
    throw ShapeFault(
      reason: "there are \(x[1]) channels, and numbers of shape \(operand) for them")
  }
}

extension Tensor {
  /// Normalises each channel of a batch by a given mean and variance:
  /// `y = (x - mean) / √(variance + epsilon) · weight + bias`.
  ///
  /// - Parameters:
  ///   - x: `[N, C, ...]`
  ///   - weight: `[C]`
  ///   - bias: `[C]`
  ///   - mean: `[C]`
  ///   - variance: `[C]`
  ///   - epsilon: added to the variance, so that nothing is divided by 0.
  /// - Returns: of the shape of `x`.
  public static func batchNormalization(
    _ x: Tensor, weight: Tensor, bias: Tensor, mean: Tensor, variance: Tensor, epsilon: Float
  ) -> Tensor {
    Tensor(BatchNormalization(epsilon: epsilon), of: [x, weight, bias, mean, variance])
  }

  /// Normalises each channel of a batch by its own mean and variance over the whole batch.
  ///
  /// - Parameters:
  ///   - x: `[N, C, ...]`
  ///   - weight: `[C]`
  ///   - bias: `[C]`
  ///   - epsilon: added to the variance, so that nothing is divided by 0.
  /// - Returns: the result, of the shape of `x`; and mean and variance of each channel, `[C]`, through which no gradient
  ///   flows. The variance is the mean squared distance; both are 0 for a batch without numbers.
  public static func batchNormalization(
    _ x: Tensor, weight: Tensor, bias: Tensor, epsilon: Float
  ) -> (y: Tensor, mean: Tensor, variance: Tensor) {
    let node = Node(BatchNormalizationTraining(epsilon: epsilon), [x, weight, bias])
    let y = Tensor(node: node)
    guard node.fault == nil else { return (y, y, y) }
    return (
      y, Tensor(node: node, output: 1).stoppingGradient(),
      Tensor(node: node, output: 2).stoppingGradient()
    )
  }
}
