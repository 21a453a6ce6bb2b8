public import Tensors

/// A layer that applies one weight, in whose place something made of it may be used, such as the weight divided by its
/// greatest singular value (``SpectralNorm``).
public protocol WeightedLayer: Layer {
  /// What the layer applies.
  var weight: Parameter { get }
  /// The axis of the weight that counts the outputs.
  var outputAxis: Int { get }
  /// Records the layer with another weight, of the same shape.
  func callAsFunction(_ x: Tensor, weight: Tensor, using pass: inout Pass) -> Tensor
}

extension WeightedLayer {
  public var outputAxis: Int { 0 }

  public func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    self(x, weight: weight.tensor, using: &pass)
  }
}
