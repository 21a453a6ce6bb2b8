public import Tensors

/// One recording of a graph: whether it trains, and where its random numbers come from.
///
/// Layers that behave differently in training (dropout, batch normalisation) ask the pass; there is no
/// global mode.
public struct Pass {
  /// Whether dropout drops and noise is added.
  public let isTraining: Bool
  /// Names the random streams of the graph.
  public var random: RandomSource

  private var pending: [(parameter: Parameter, value: Tensor)] = []

  private init(isTraining: Bool, random: RandomSource) {
    self.isTraining = isTraining
    self.random = random
  }

  /// A pass for training.
  public static func training(using random: RandomSource) -> Pass {
    Pass(isTraining: true, random: random)
  }

  /// A pass for evaluation; what samples (a variational posterior, say) still needs random numbers.
  public static func evaluation(using random: RandomSource = RandomSource(seed: 0)) -> Pass {
    Pass(isTraining: false, random: random)
  }

  /// The present value of a parameter, of its shape: what this pass assigned to it, if anything.
  public func value(of parameter: Parameter) -> Tensor {
    pending.last { $0.parameter === parameter }?.value ?? parameter.tensor
  }

  /// Lets the run give a parameter a new value of its shape after everything else, such as a running statistic.
  public mutating func assign(_ value: Tensor, to parameter: Parameter) {
    pending.removeAll { $0.parameter === parameter }
    pending.append((parameter, value.stoppingGradient()))
  }

  /// What the run assigns; whoever plans the pass hands it to the plan's updates.
  public var assignments: [ParameterUpdate] {
    pending.map { .assign($0.value, to: $0.parameter) }
  }

  /// Standard normal numbers in a tensor of the given shape, drawn anew at each run.
  public mutating func normal(_ shape: Shape) -> Tensor {
    .normal(shape, using: &random)
  }

  /// Numbers in a tensor of the given shape, drawn uniformly from `[0, 1)`, anew at each run.
  public mutating func uniform(_ shape: Shape) -> Tensor {
    .uniform(shape, using: &random)
  }
}
