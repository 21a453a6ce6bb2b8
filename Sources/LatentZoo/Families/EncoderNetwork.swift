/// An encoder: features of a backbone, and the head a family puts on them.
public struct EncoderNetwork<Head: Module>: Module {
  /// `[B, ...dataShape]` to `[B, featureSize]`
  public let features: any Layer
  /// From features to a code, or to what describes one.
  public let head: Head

  /// Joins features and head.
  public init(features: any Layer, head: Head) {
    self.features = features
    self.head = head
  }
}

/// Mean and logarithm of the variance of a code from features, each by a linear layer.
public struct GaussianHead: Module {
  /// `[B, featureSize]` to `[B, latentSize]`
  public let mean: Linear
  /// `[B, featureSize]` to `[B, latentSize]`
  public let logVariance: Linear

  /// Makes a head with initial values.
  public init(inputSize: Int, latentSize: Int, using random: inout RandomSource) {
    mean = Linear(inputSize: inputSize, outputSize: latentSize, using: &random)
    logVariance = Linear(inputSize: inputSize, outputSize: latentSize, using: &random)
  }

  /// The distribution of each example's code: `[B, featureSize]` to mean and logarithm of the variance, `[B, latentSize]` each.
  public func callAsFunction(_ features: Tensor, using pass: inout Pass) -> DiagonalGaussian {
    DiagonalGaussian(
      mean: mean(features, using: &pass), logVariance: logVariance(features, using: &pass))
  }
}
