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

    public static let settings: [SettingDescription] = [
      .init("latentSize", "number of elements of the code", .within(1...1_048_576)),
      .init("likelihood", "what the decoder's output says about the data"),
      .init("variance", "where the variance comes from under likelihood=gaussian"),
      .init("outputVariance", "that variance, or where a shared one begins", .above(0)),
      .init("beta", "factor of the divergence", .atLeast(0)),
      .init("klWarmUpEpochs", "epochs over which that factor rises from 0", .atLeast(0)),
      .init("freeBits", "nats of divergence that each element of the code has free", .atLeast(0)),
    ]

    public func validate() throws {
      try require(
        "variance", likelihood == .gaussian || variance == .fixed, "needs likelihood=gaussian")
    }
  }
}
