import LatentZoo

/// From features to codes, as they are or drawn from a normal distribution.
public struct CodeHead: Module {
  /// `[B, featureSize]` to the code or its mean, `[B, latentSize]`
  public let mean: Linear
  /// `[B, featureSize]` to the logarithm of the code's variance, `[B, latentSize]`; `nil` where codes are certain.
  public let logVariance: Linear?

  init(
    _ posterior: AdversarialAutoencoder.Posterior, inputSize: Int, latentSize: Int,
    using random: inout RandomSource
  ) {
    mean = Linear(inputSize: inputSize, outputSize: latentSize, using: &random)
    logVariance =
      posterior == .gaussian
      ? Linear(inputSize: inputSize, outputSize: latentSize, using: &random) : nil
  }

  /// Codes `[B, latentSize]`: drawn in training where there is a variance, otherwise the mean.
  func callAsFunction(_ features: Tensor, using pass: inout Pass) -> Tensor {
    let mean = mean(features, using: &pass)
    guard pass.isTraining, let logVariance else { return mean }
    let posterior = DiagonalGaussian(
      mean: mean, logVariance: logVariance(features, using: &pass))
    return posterior.sample(using: &pass)
  }
}
