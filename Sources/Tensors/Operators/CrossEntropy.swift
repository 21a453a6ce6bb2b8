/// `-log p(label)` of each row under the softmax of its logits.
///
/// Inputs: logits `[N, C]`, labels `[N]`. Outputs: losses `[N]`, and the logarithms of the rows' sums of exponentials `[N]`,
/// which only the gradient reads.
struct SoftmaxCrossEntropyLoss: Operator {
  /// Probability that is spread over all classes instead of given to the label.
  let labelSmoothing: Float
  /// A label whose row has no loss.
  let ignoredIndex: Int?

  var name: String { "SoftmaxCrossEntropyLoss" }
  var attributes: [String: Attribute] {
    var attributes: [String: Attribute] = [:]
    if let ignoredIndex { attributes["ignore_index"] = .int(ignoredIndex) }
    if labelSmoothing != 0 { attributes["label_smoothing"] = .float(labelSmoothing) }
    return attributes
  }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    let (logits, labels) = (inputs[0], inputs[1])
    guard logits.rank == 2, labels == [logits[0]] else {
      throw ShapeFault(reason: "each row of a matrix of logits needs one label")
    }
    return [labels, labels]
  }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    let gradient = SoftmaxCrossEntropyGradient(loss: self)
    let given = node.inputs + [Tensor(node: node, output: 1)]
    return [upstream[0].map { Tensor(gradient, of: given + [$0]) }, nil]
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    let operands = node.inputs.map { plan.value($0) }
    let results = (plan.define(node), plan.define(node, output: 1))
    plan.add(
      CrossEntropyKernel(
        smoothing: labelSmoothing, ignoredIndex: ignoredIndex, shape: node.inputs[0].shape,
        logits: operands[0], labels: operands[1],
        direction: .forward(losses: results.0, logSums: results.1)))
  }
}

/// The gradient of ``SoftmaxCrossEntropyLoss`` by the logits: softmax minus target, times the gradient of the row's loss.
///
/// Inputs: logits, labels, the rows' logarithms, the gradient of the losses.
struct SoftmaxCrossEntropyGradient: Operator {
  let loss: SoftmaxCrossEntropyLoss

  var name: String { "SoftmaxCrossEntropyGradient" }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] { [inputs[0]] }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    guard let u = upstream[0] else { return [] }
    let (logits, labels, g) = (node.inputs[0], node.inputs[1], node.inputs[3])
    let rows = labels.shape[0]
    // The logarithms count as part of the softmax here, so no gradient goes through them by themselves.
    var weight = g
    if let ignored = loss.ignoredIndex {
      weight = Tensor.where(labels.equal(to: Tensor(Float(ignored))), 0, g)
    }
    let slope = SoftmaxGradient(isLog: false, axis: 1)
    let ofLogits = Tensor(slope, logits.softmax(), u) * weight.reshaped(to: [rows, 1])
    let ones = Tensor(1).expanded(to: g.shape)
    let difference = Tensor(self, of: Array(node.inputs[..<3]) + [ones])
    return [ofLogits, nil, nil, (difference * u).sum(axes: [1])]
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    let operands = node.inputs.map { plan.value($0) }
    plan.add(
      CrossEntropyKernel(
        smoothing: loss.labelSmoothing, ignoredIndex: loss.ignoredIndex,
        shape: node.inputs[0].shape, logits: operands[0], labels: operands[1],
        direction: .backward(
          logSums: operands[2], upstream: operands[3], result: plan.define(node))))
  }
}

extension Tensor {
  /// `-log p(label)` of each row, where `p` is the softmax of the row's logits.
  ///
  /// A run throws ``TensorError/indexOutOfRange(operation:layer:)`` where a label is no whole number below the number of classes,
  /// unless it is `ignoredIndex`.
  ///
  /// - Parameters:
  ///   - logits: `[N, C]`
  ///   - labels: `[N]`, whole numbers from 0 to below `C`.
  ///   - labelSmoothing: probability that the target spreads over all classes (Szegedy et al. 2016), in `[0, 1]`.
  ///   - ignoredIndex: a label whose row has the loss 0 and no gradient.
  /// - Returns: `[N]`, in nats.
  public static func softmaxCrossEntropy(
    logits: Tensor, labels: Tensor, labelSmoothing: Double = 0, ignoredIndex: Int? = nil
  ) -> Tensor {
    Tensor(
      SoftmaxCrossEntropyLoss(labelSmoothing: Float(labelSmoothing), ignoredIndex: ignoredIndex),
      logits, labels)
  }
}
