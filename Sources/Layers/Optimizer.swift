public import Tensors

/// Which rule moves the parameters, with its settings; formulas and defaults as in PyTorch.
public enum OptimizerRule: Codable, Hashable, Sendable {
  /// Adam (Kingma and Ba 2015, https://arxiv.org/abs/1412.6980), decay added to the gradient.
  case adam(
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0)
  /// AdamW (Loshchilov and Hutter 2019, https://arxiv.org/abs/1711.05101), decay apart from the gradient.
  case adamW(
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0.01)
  /// Gradient descent with momentum.
  case sgd(momentum: Double = 0, weightDecay: Double = 0, isNesterov: Bool = false)
}

/// A limit on gradients.
public enum GradientClipping: Codable, Hashable, Sendable {
  /// The norm of all gradients together is at most this (Pascanu et al. 2013).
  case norm(Double)
  /// Each element lies within plus or minus this.
  case value(Double)
}

/// Moves a set of parameters by their gradients; holds the moments, which a checkpoint can keep.
public final class Optimizer {
  /// The rule and its settings.
  public let rule: OptimizerRule
  /// The limit on gradients, if any.
  public let clipping: GradientClipping?
  /// What is moved.
  public let parameters: [Parameter]
  /// The moments of each parameter, named `path/mean`, `path/variance` or `path/velocity`.
  public let state: [Parameter]
  /// Number of steps made.
  public var stepCount = 0
  /// Number of moments per parameter.
  private let momentCount: Int

  /// Makes an optimiser with fresh moments; parameters and moments move into memory of one layout.
  public init(_ rule: OptimizerRule, of parameters: [Parameter], clipping: GradientClipping? = nil)
  {
    self.rule = rule
    self.clipping = clipping
    self.parameters = parameters.filter(\.isTrainable)
    let names: [String] =
      switch rule {
      case .adam, .adamW: ["mean", "variance"]
      case .sgd(let momentum, _, _): momentum == 0 ? [] : ["velocity"]
      }
    momentCount = names.count
    state = self.parameters.flatMap { parameter in
      names.map { name in
        Parameter(
          NDArray(repeating: 0, shape: parameter.shape), path: "\(parameter.path)/\(name)",
          isTrainable: false)
      }
    }
    Parameter.gather(self.parameters)
    for moment in 0..<momentCount {
      Parameter.gather(stride(from: moment, to: state.count, by: momentCount).map { state[$0] })
    }
  }

  /// Records the step.
  ///
  /// - Parameters:
  ///   - gradients: one for each of ``parameters``; parameters without one stay as they are.
  ///   - rates: the input that ``nextRates(learningRate:)`` fills at each run, shape `[3]`.
  public func updates(gradients: [Tensor?], rates: Tensor) -> [ParameterUpdate] {
    var gradients = gradients
    var scale: Tensor?
    switch clipping {
    case .norm(let limit): scale = Self.scale(keeping: gradients.compactMap { $0 }, within: limit)
    case .value(let limit):
      gradients = gradients.map { $0?.clamped(-Float(limit), Float(limit)) }
    case nil: break
    }
    return parameters.indices.compactMap { index in
      gradients[index].map { update(index, $0, rates, scale) }
    }
  }

  /// The factor that brings the norm of all gradients down to a limit, 1 when it is below.
  private static func scale(keeping gradients: [Tensor], within limit: Double) -> Tensor? {
    guard let first = gradients.first else { return nil }
    let squares = gradients.dropFirst().reduce(first.squared().sum()) { $0 + $1.squared().sum() }
    return Tensor.minimum(Tensor(Float(limit)) / (squares.squareRoot() + 1e-6), 1)
  }

  private func update(
    _ index: Int, _ gradient: Tensor, _ rates: Tensor, _ scale: Tensor?
  ) -> ParameterUpdate {
    let parameter = parameters[index]
    switch rule {
    case .adam(let beta1, let beta2, let epsilon, let decay):
      return .adam(
        parameter, gradient: gradient, rates: rates, mean: state[2 * index],
        variance: state[2 * index + 1], beta1: Float(beta1), beta2: Float(beta2),
        epsilon: Float(epsilon), weightDecay: Float(decay), decoupledDecay: 0, scale: scale)
    case .adamW(let beta1, let beta2, let epsilon, let decay):
      return .adam(
        parameter, gradient: gradient, rates: rates, mean: state[2 * index],
        variance: state[2 * index + 1], beta1: Float(beta1), beta2: Float(beta2),
        epsilon: Float(epsilon), weightDecay: 0, decoupledDecay: Float(decay), scale: scale)
    case .sgd(let momentum, let decay, let isNesterov):
      return .momentum(
        parameter, gradient: gradient, rates: rates,
        velocity: momentCount == 0 ? nil : state[index], momentum: Float(momentum),
        weightDecay: Float(decay), isNesterov: isNesterov, scale: scale)
    }
  }

  /// What the next step's `rates` input takes; counts the step.
  public func nextRates(learningRate: Double) -> [Float] {
    stepCount += 1
    switch rule {
    case .adam(let beta1, let beta2, _, _), .adamW(let beta1, let beta2, _, _):
      return [
        Float(learningRate), Float(1 - power(beta1, stepCount)),
        Float((1 - power(beta2, stepCount)).squareRoot()),
      ]
    case .sgd: return [Float(learningRate), 1, 1]
    }
  }

  /// `base` to a whole power, by squaring.
  private func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, factor, rest) = (1.0, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= factor }
      factor *= factor
      rest >>= 1
    }
    return result
  }
}
