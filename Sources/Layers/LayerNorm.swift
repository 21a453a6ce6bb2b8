public import Tensors

/// Normalises the last axes of each example by themselves (Ba, Kiros and Hinton 2016,
/// https://arxiv.org/abs/1607.06450): `y = (x - mean) / √(variance + epsilon) · weight + bias`.
///
/// Shape: `[..., shape...]`, and the same; the same in training and evaluation.
public struct LayerNorm: Layer {
  /// Of the shape of the normalised axes, at first 1.
  public let weight: Parameter
  /// Of the shape of the normalised axes, at first 0.
  public let bias: Parameter
  /// Added to the variance.
  public let epsilon: Float

  /// Makes a layer.
  ///
  /// - Parameters:
  ///   - shape: of the last axes, over which mean and variance are taken.
  ///   - epsilon: added to the variance, so that nothing is divided by 0.
  /// - Precondition: the shape holds a number at least, `epsilon` is positive.
  public init(shape: Shape, epsilon: Float = 1e-5) {
    precondition(shape.count > 0, "layer normalisation needs numbers, got the shape \(shape)")
    precondition(epsilon > 0, "epsilon lies above 0, got \(epsilon)")
    weight = .filled(1, shape)
    bias = .filled(0, shape)
    self.epsilon = epsilon
  }

  /// Makes a layer that normalises the last axis.
  ///
  /// - Precondition: `size` and `epsilon` are positive.
  public init(size: Int, epsilon: Float = 1e-5) { self.init(shape: [size], epsilon: epsilon) }

  public func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    .layerNormalization(x, weight: weight.tensor, bias: bias.tensor, epsilon: epsilon)
  }
}
