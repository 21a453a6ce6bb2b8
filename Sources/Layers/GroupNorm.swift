public import Tensors

/// Normalises groups of neighbouring channels, each example by itself (Wu and He 2018,
/// https://arxiv.org/abs/1803.08494): `y = (x - mean) / √(variance + epsilon) · weight + bias`.
///
/// Shape: `[B, C, ...]`, and the same; the same in training and evaluation. With one group for each channel this is instance
/// normalisation (Ulyanov et al. 2016, https://arxiv.org/abs/1607.08022).
public struct GroupNorm: Layer {
  /// `[C]`, at first 1.
  public let weight: Parameter
  /// `[C]`, at first 0.
  public let bias: Parameter
  /// Number of groups.
  public let groups: Int
  /// Added to the variance.
  public let epsilon: Float

  /// Makes a layer.
  ///
  /// - Precondition: `groups` divides the positive number of channels, `epsilon` is positive.
  public init(groups: Int, channels: Int, epsilon: Float = 1e-5) {
    precondition(
      channels > 0 && groups > 0 && channels.isMultiple(of: groups),
      "\(channels) channels do not make \(groups) equal groups")
    precondition(epsilon > 0, "epsilon lies above 0, got \(epsilon)")
    weight = .filled(1, [channels])
    bias = .filled(0, [channels])
    (self.groups, self.epsilon) = (groups, epsilon)
  }

  public func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    .groupNormalization(
      x, groups: groups, weight: weight.tensor, bias: bias.tensor, epsilon: epsilon)
  }
}
