public import Tensors

/// Independent normal distributions, one for each element of a code.
///
/// Shape: `mean` and `logVariance` are `[B, latentSize]`.
public struct DiagonalGaussian {
  /// `[B, latentSize]`
  public let mean: Tensor
  /// The logarithm of the variance, `[B, latentSize]`.
  public let logVariance: Tensor

  /// Joins means and variances.
  public init(mean: Tensor, logVariance: Tensor) {
    self.mean = mean
    self.logVariance = logVariance
  }

  /// A sample through which gradients flow: `mean + exp(logVariance / 2) · ε` (Kingma and Welling 2014,
  /// https://arxiv.org/abs/1312.6114).
  ///
  /// - Returns: `[B, latentSize]`, drawn anew at each run.
  public func sample(using pass: inout Pass) -> Tensor {
    mean + (logVariance * 0.5).exp() * pass.normal(mean.shape)
  }

  /// `-log q(z)` of a code for each example.
  ///
  /// - Parameter z: `[B, latentSize]`.
  /// - Returns: `[B]`, in nats.
  public func negativeLog(of z: Tensor) -> Tensor {
    .negativeLogDensity(of: z, mean: mean, logVariance: logVariance)
  }

  /// `KL(q ‖ N(0, I)) = ½ Σ (mean² + variance - logVariance - 1)` for each example.
  ///
  /// - Returns: `[B]`, in nats.
  public func klDivergenceToStandardNormal() -> Tensor {
    klDivergencesToStandardNormal().summedPerExample()
  }

  /// `½ (mean² + variance - logVariance - 1)` for each element of each example's code by itself.
  ///
  /// - Returns: `[B, latentSize]`, in nats.
  public func klDivergencesToStandardNormal() -> Tensor {
    (mean.squared() + logVariance.exp() - logVariance - 1) * 0.5
  }
}
