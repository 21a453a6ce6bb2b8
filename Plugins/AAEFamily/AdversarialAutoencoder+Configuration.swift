import LatentZoo

extension AdversarialAutoencoder {
  /// What the encoder says of a code.
  public enum Posterior: String, Choice {
    /// The code itself.
    case deterministic
    /// A normal distribution of it, which training samples.
    case gaussian
  }

  /// The settings of an adversarial autoencoder.
  public struct Configuration: ModelConfiguration {
    /// Number of elements of the code.
    public var latentSize = 8
    /// What codes are to be distributed like.
    public var prior = LatentPrior.standardNormal
    /// What the encoder says of a code.
    public var posterior = Posterior.deterministic
    /// Whether the discriminator sees labels, each of which names a part of the prior.
    public var usesLabels = false
    /// What the decoder's output says about the data.
    public var likelihood = Likelihood.bernoulli
    /// Sizes of the discriminator's hidden layers.
    public var discriminatorSizes = [500, 500]
    /// The learning rate of discriminating as a share of that of reconstructing: a discriminator that is far ahead teaches nothing.
    public var discriminationRate = 0.2
    /// The learning rate of fooling as a share of that of reconstructing.
    public var foolingRate = 1.0

    public init() {}

    public static let settings: [SettingDescription] = [
      .init("latentSize", "number of elements of the code", .within(1...1_048_576)),
      .init("prior", "what codes are to be distributed like; may be an object"),
      .init("posterior", "what the encoder says of a code"),
      .init("usesLabels", "whether each label names a part of the prior"),
      .init("likelihood", "what the decoder's output says about the data"),
      .init(
        "discriminatorSizes", "sizes of the discriminator's hidden layers", .within(1...1_048_576)),
      .init(
        "discriminationRate", "rate of discriminating as a share of the learning rate", .above(0)),
      .init("foolingRate", "rate of fooling as a share of the learning rate", .above(0)),
    ]

    public func validate() throws {
      try require("prior", prior != .fitted, "must be one to train towards")
      try prior.validate(size: latentSize)
      try require("usesLabels", !usesLabels || prior.classCount > 0, "needs a prior with classes")
    }
  }
}
