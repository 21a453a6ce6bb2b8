import LatentZoo

/// Multiplies each feature by a weight of its own: `y = weight · x`.
///
/// Shape: `[B, size]`, and the same.
public struct Scaling: Layer {
  /// `[size]`
  public let weight: Parameter

  /// Makes a layer that changes nothing yet.
  public init(size: Int) { weight = Parameter(NDArray(repeating: 1, shape: [size])) }

  public func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor { x * weight.tensor }
}
