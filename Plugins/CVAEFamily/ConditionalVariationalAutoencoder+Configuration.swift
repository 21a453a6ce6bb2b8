import LatentZoo

extension ConditionalVariationalAutoencoder {
  /// The settings of a conditional variational autoencoder.
  public struct Configuration: ModelConfiguration {
    /// Number of elements of the code beside the class.
    public var styleSize = 10
    /// What the decoder's output says about the data.
    public var likelihood = Likelihood.bernoulli
    /// Where the variance of an element comes from under `likelihood=gaussian`.
    public var variance = OutputVariance.fixed
    /// That variance, or where a shared one begins.
    public var outputVariance = 0.5
    /// Factor of the divergence.
    public var beta = 1.0
    /// Epochs over which the divergence's factor rises from 0 to `beta`.
    public var klWarmUpEpochs = 0.0
    /// Whether the encoder goes without the class and a layer learns to tell it from the code.
    public var predictsLabels = false
    /// Factor of that prediction's cross-entropy.
    public var predictionWeight = 1.0

    public init() {}

    public static let settings: [SettingDescription] = [
      .init("styleSize", "number of elements of the code beside the class", .within(1...1_048_576)),
      .init("likelihood", "what the decoder's output says about the data"),
      .init("variance", "where the variance comes from under likelihood=gaussian"),
      .init("outputVariance", "that variance, or where a shared one begins", .above(0)),
      .init("beta", "factor of the divergence", .atLeast(0)),
      .init("klWarmUpEpochs", "epochs over which that factor rises from 0", .atLeast(0)),
      .init(
        "predictsLabels", "whether a layer tells the class from the code, unseen by the encoder"),
      .init("predictionWeight", "factor of that prediction's cross-entropy", .above(0)),
    ]

    public func validate() throws {
      try require(
        "variance", likelihood == .gaussian || variance == .fixed, "needs likelihood=gaussian")
    }
  }
}
