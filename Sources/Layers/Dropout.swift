public import Tensors

/// Sets elements to 0 with probability `rate` in training and scales the rest by `1 / (1 - rate)`
/// (Srivastava et al. 2014, https://jmlr.org/papers/v15/srivastava14a.html).
///
/// Shape: any. In evaluation it changes nothing.
public struct Dropout: Layer {
  /// Probability of dropping, in `[0, 1)`.
  public let rate: Double

  /// Makes a layer.
  ///
  /// - Precondition: `rate` is in `[0, 1)`.
  public init(rate: Double) {
    precondition((0..<1).contains(rate), "a dropout rate lies in 0..<1, got \(rate)")
    self.rate = rate
  }

  public func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    guard pass.isTraining, rate > 0 else { return x }
    let isDropped = pass.uniform(x.shape) < Tensor(Float(rate))
    return Tensor.where(isDropped, 0, x * Tensor(Float(1 / (1 - rate))))
  }
}
