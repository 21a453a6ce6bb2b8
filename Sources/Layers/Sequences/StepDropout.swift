public import Tensors

/// Hides steps of a decoder's input in training, so that it has to rely on the code (Bowman et al. 2016,
/// https://arxiv.org/abs/1511.06349).
///
/// Shape: tokens `[B, T]`, of which some become the unknown token while padding stays; or numbers `[B, T, F]`, of which some steps
/// become 0. In evaluation nothing changes.
public struct StepDropout: Layer {
  /// Probability of hiding a step, in `[0, 1]`.
  public let rate: Double

  /// Makes a layer.
  ///
  /// - Precondition: `rate` is in `[0, 1]`.
  public init(rate: Double) {
    precondition((0...1).contains(rate), "a rate of hidden steps lies in 0...1, got \(rate)")
    self.rate = rate
  }

  public func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    guard pass.isTraining, rate > 0 else { return x }
    let steps = Shape(Array(x.shape.dimensions.prefix(2)))
    let isHidden = pass.uniform(steps) < Tensor(Float(rate))
    guard x.shape.rank == 2 else {
      return .where(isHidden.unsqueezed(axis: 2).expanded(to: x.shape), 0, x)
    }
    return .where(isHidden.and(x.notEqual(to: 0)), Tensor(Float(SpecialToken.unknown)), x)
  }
}
