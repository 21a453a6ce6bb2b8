/// One step of Adam, in place (Kingma and Ba 2015, https://arxiv.org/abs/1412.6980; decoupled decay
/// after Loshchilov and Hutter 2019, https://arxiv.org/abs/1711.05101).
///
/// Inputs: parameter, gradient, rates `[3]`, mean, variance, and optionally a factor for the gradient, `[]`.
/// Rates are the learning rate, `1 - beta1^t` and `√(1 - beta2^t)`.
struct AdamUpdate: UndifferentiatedOperator {
  let beta1: Float
  let beta2: Float
  let epsilon: Float
  let weightDecay: Float
  let decoupledDecay: Float

  var name: String { "Adam" }
  var attributes: [String: Attribute] {
    ["alpha": .float(beta1), "beta": .float(beta2), "epsilon": .float(epsilon)]
  }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    try checkUpdate(inputs, moments: 2)
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    plan.addUpdate(node, .adam(self), momentCount: 2)
  }
}

/// One step of gradient descent with momentum, in place.
///
/// Inputs: parameter, gradient, rates `[3]`, velocity (when `momentum` is not 0), and optionally a
/// factor for the gradient, `[]`.
struct MomentumUpdate: UndifferentiatedOperator {
  let momentum: Float
  let weightDecay: Float
  let isNesterov: Bool

  var name: String { "Momentum" }
  var attributes: [String: Attribute] {
    ["alpha": .float(momentum), "norm_coefficient": .float(weightDecay)]
  }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    try checkUpdate(inputs, moments: momentum == 0 ? 0 : 1)
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    plan.addUpdate(node, .momentum(self), momentCount: momentum == 0 ? 0 : 1)
  }
}

/// Gives a parameter a new value, such as a running statistic.
struct Assign: UndifferentiatedOperator {
  var name: String { "Assign" }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    guard inputs[0] == inputs[1] else {
      throw ShapeFault(reason: "the new value must have the parameter's shape")
    }
    return [inputs[0]]
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    let (parameter, source) = (plan.value(node.inputs[0]), plan.value(node.inputs[1]))
    plan.add(AssignKernel(shape: node.shapes[0], parameter: parameter, source: source))
    plan.alias(node, node.inputs[0])
  }
}

/// Gradient and moments of an update have the parameter's shape, its rates are three, its factor is one number.
private func checkUpdate(_ inputs: [Shape], moments: Int) throws(ShapeFault) -> [Shape] {
  let needed = 3 + moments
  guard inputs.count == needed || inputs.count == needed + 1 else {
    throw ShapeFault(reason: "it takes \(needed) operands and a factor, got \(inputs.count)")
  }
  for operand in [1] + Array(3..<needed) where inputs[operand] != inputs[0] {
    throw ShapeFault(reason: "gradient and moments must have the parameter's shape")
  }
  guard inputs[2] == [3] else { throw ShapeFault(reason: "the rates must have the shape [3]") }
  if inputs.count > needed, inputs[needed].count != 1 {
    throw ShapeFault(reason: "the factor of the gradient must be a single number")
  }
  return [inputs[0]]
}

/// How an optimiser moves one parameter: its cells, and the operator that steps them.
public struct ParameterUpdate {
  /// The update as part of a graph; its value is the parameter after the step.
  public let tensor: Tensor

  /// The parameter takes a value of its own shape that the run computes.
  public static func assign(_ value: Tensor, to parameter: Parameter) -> ParameterUpdate {
    ParameterUpdate(tensor: Tensor(Assign(), parameter.tensor, value))
  }

  /// Adam, or AdamW with `decoupledDecay`.
  ///
  /// - Parameters:
  ///   - parameter: what is moved.
  ///   - gradient: of the parameter's shape.
  ///   - rates: learning rate, `1 - beta1^t`, `√(1 - beta2^t)`; shape `[3]`.
  ///   - mean: the running mean of the gradient, of the parameter's shape.
  ///   - variance: the running mean of its square, of the parameter's shape.
  ///   - beta1: rate at which the mean forgets, in `[0, 1)`.
  ///   - beta2: rate at which the mean of squares forgets, in `[0, 1)`.
  ///   - epsilon: added to the root that is divided by.
  ///   - weightDecay: times the parameter, added to the gradient.
  ///   - decoupledDecay: times the learning rate and the parameter, taken off the parameter itself.
  ///   - scale: factor of the gradient, shape `[]`, for clipping.
  public static func adam(
    _ parameter: Parameter, gradient: Tensor, rates: Tensor, mean: Parameter, variance: Parameter,
    beta1: Float, beta2: Float, epsilon: Float, weightDecay: Float, decoupledDecay: Float,
    scale: Tensor?
  ) -> ParameterUpdate {
    let operation = AdamUpdate(
      beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay,
      decoupledDecay: decoupledDecay)
    let inputs = [parameter.tensor, gradient, rates, mean.tensor, variance.tensor]
    return ParameterUpdate(tensor: Tensor(operation, of: inputs + (scale.map { [$0] } ?? [])))
  }

  /// Gradient descent, with momentum where `velocity` is given.
  ///
  /// - Parameters:
  ///   - parameter: what is moved.
  ///   - gradient: of the parameter's shape.
  ///   - rates: shape `[3]`, of which only the first counts, the learning rate.
  ///   - velocity: the running sum of gradients, of the parameter's shape; `nil` without momentum.
  ///   - momentum: the share of the velocity that stays, in `[0, 1)`.
  ///   - weightDecay: times the parameter, added to the gradient.
  ///   - isNesterov: whether the step looks ahead (Nesterov's form).
  ///   - scale: factor of the gradient, shape `[]`, for clipping.
  public static func momentum(
    _ parameter: Parameter, gradient: Tensor, rates: Tensor, velocity: Parameter?,
    momentum: Float, weightDecay: Float, isNesterov: Bool, scale: Tensor?
  ) -> ParameterUpdate {
    let operation = MomentumUpdate(
      momentum: velocity == nil ? 0 : momentum, weightDecay: weightDecay, isNesterov: isNesterov)
    let inputs = [parameter.tensor, gradient, rates] + (velocity.map { [$0.tensor] } ?? [])
    return ParameterUpdate(tensor: Tensor(operation, of: inputs + (scale.map { [$0] } ?? [])))
  }
}
