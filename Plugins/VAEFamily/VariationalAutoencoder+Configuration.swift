import LatentZoo

extension VariationalAutoencoder {
  /// The settings of a variational autoencoder.
  public struct Configuration: ModelConfiguration {
    /// Number of elements of the code.
    public var latentSize = 20
    /// What the decoder's output says about the data.
    public var likelihood = Likelihood.bernoulli
    /// Where the variance of an element comes from under `likelihood=gaussian`.
    public var variance = OutputVariance.fixed
    /// That variance, or where a shared one begins; 0.5 minimises squared error + KL.
    public var outputVariance = 0.5
    /// Factor of the divergence.
    public var beta = 1.0
    /// Epochs over which the divergence's factor rises from 0 to `beta`.
    public var klWarmUpEpochs = 0.0
    /// Nats of divergence that each element of the code has free of charge.
    public var freeBits = 0.0

    public init() {}

    public func validate() throws {
      try require("latentSize", (1...1 << 20).contains(latentSize), "lies in 1...1048576")
      try require(
        "variance", likelihood == .gaussian || variance == .fixed, "needs likelihood=gaussian")
      try require("outputVariance", outputVariance > 0, "must be positive")
      try require("beta", beta >= 0, "must not be negative")
      try require("klWarmUpEpochs", klWarmUpEpochs >= 0, "must not be negative")
      try require("freeBits", freeBits >= 0, "must not be negative")
    }
  }
}
