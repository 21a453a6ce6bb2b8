public import Tensors

/// Normalises each channel over the batch (Ioffe and Szegedy 2015, https://arxiv.org/abs/1502.03167):
/// `y = (x - mean) / √(variance + epsilon) · weight + bias`.
///
/// Shape: `[B, C]`, `[B, C, L]` or `[B, C, H, W]`, and the same. One type for PyTorch's `BatchNorm1d` and
/// `BatchNorm2d`.
///
/// In training mean and variance are those of the batch, and the running ones move towards them by `momentum`, the
/// variance as an estimate for all data (divided by one less than the numbers). In evaluation the running ones
/// are used.
///
/// Differs from PyTorch: a batch with a single number for each channel, which has no variance, is not refused in training; it
/// gives `bias` and leaves the running statistics as they are.
public struct BatchNorm: Layer {
  /// `[C]`, at first 1.
  public let weight: Parameter
  /// `[C]`, at first 0.
  public let bias: Parameter
  /// `[C]`, at first 0; not trained.
  public let runningMean: Parameter
  /// `[C]`, at first 1; not trained.
  public let runningVariance: Parameter
  /// How far the running statistics move in a step, in `[0, 1]`.
  public let momentum: Float
  /// Added to the variance.
  public let epsilon: Float

  /// Makes a layer.
  ///
  /// - Precondition: there is a channel, `momentum` is in `[0, 1]`, `epsilon` is positive.
  public init(channels: Int, momentum: Float = 0.1, epsilon: Float = 1e-5) {
    precondition(channels > 0, "batch normalisation needs channels, got \(channels)")
    precondition(
      (0...1).contains(momentum) && epsilon > 0,
      "momentum lies in 0...1 and epsilon above 0, got \(momentum) and \(epsilon)")
    weight = .filled(1, [channels])
    bias = .filled(0, [channels])
    runningMean = .filled(0, [channels], isTrainable: false)
    runningVariance = .filled(1, [channels], isTrainable: false)
    (self.momentum, self.epsilon) = (momentum, epsilon)
  }

  public func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    guard pass.isTraining else {
      return .batchNormalization(
        x, weight: weight.tensor, bias: bias.tensor, mean: pass.value(of: runningMean),
        variance: pass.value(of: runningVariance), epsilon: epsilon)
    }
    let (y, mean, variance) = Tensor.batchNormalization(
      x, weight: weight.tensor, bias: bias.tensor, epsilon: epsilon)
    let count = x.shape.count / weight.shape[0]
    guard y.fault == nil, count > 1 else { return y }
    let unbiased = variance * Tensor(Float(count) / Float(count - 1))
    move(runningMean, towards: mean, using: &pass)
    move(runningVariance, towards: unbiased, using: &pass)
    return y
  }

  private func move(_ statistic: Parameter, towards value: Tensor, using pass: inout Pass) {
    let moved = pass.value(of: statistic) * Tensor(1 - momentum) + value * Tensor(momentum)
    pass.assign(moved, to: statistic)
  }
}

extension BatchNorm: CustomReflectable {
  /// The parameters under PyTorch's names.
  public var customMirror: Mirror {
    Mirror(
      self,
      children: [
        "weight": weight, "bias": bias, "running_mean": runningMean,
        "running_var": runningVariance,
      ], displayStyle: .struct)
  }
}

extension Parameter {
  /// A parameter that starts with one number everywhere.
  static func filled(_ value: Float, _ shape: Shape, isTrainable: Bool = true) -> Parameter {
    Parameter(shape, isTrainable: isTrainable) { NDArray(repeating: value, shape: shape) }
  }
}
