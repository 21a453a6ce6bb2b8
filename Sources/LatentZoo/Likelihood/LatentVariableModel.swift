/// A family with a density of the data, `p(x) = ∫ p(x | z) p(z) dz`, and a distribution of the code of an example.
///
/// ``ImportanceSampling`` estimates the density of any such family. Where ``ModelFamily/batchContents`` lists labels, all
/// distributions are those for the given classes.
public protocol LatentVariableModel: ModelFamily {
  /// `q(z | x)`, or `q(z | x, y)`, for each example.
  func posterior(for batch: Batch, using pass: inout Pass) -> DiagonalGaussian

  /// `-log p(x | z)`, or `-log p(x | z, y)`, of each example.
  ///
  /// - Parameters:
  ///   - batch: the examples `x`, `[B, ...dataShape]`, with their classes `y` where those were asked for.
  ///   - z: a sample of the posterior, `[B, n]`.
  ///   - pass: the recording it becomes part of.
  /// - Returns: `[B]`, in nats.
  func negativeLogLikelihood(
    of batch: Batch, given z: Tensor, using pass: inout Pass
  ) -> Tensor

  /// `-log p(z)` of each sample; by default under the standard normal distribution.
  ///
  /// - Parameters:
  ///   - z: `[B, n]`
  ///   - pass: the recording it becomes part of.
  /// - Returns: `[B]`, in nats.
  func negativeLogPrior(of z: Tensor, using pass: inout Pass) -> Tensor
}

extension LatentVariableModel {
  public func negativeLogPrior(of z: Tensor, using pass: inout Pass) -> Tensor {
    z.negativeLogStandardNormalDensity()
  }
}
