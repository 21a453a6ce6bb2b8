import LatentZoo

extension SemiSupervisedAdversarialAutoencoder {
  /// The settings of a semi-supervised adversarial autoencoder.
  public struct Configuration: ModelConfiguration {
    /// Number of elements of the code beside the class.
    public var styleSize = 10
    /// What the decoder's output says about the data.
    public var likelihood = Likelihood.bernoulli
    /// Sizes of the hidden layers of both discriminators.
    public var discriminatorSizes = [500, 500]
    /// The learning rate of discriminating as a share of that of reconstructing.
    public var discriminationRate = 0.3
    /// The learning rate of fooling as a share of that of reconstructing; near that of classifying, classes are settled before
    /// they are learned, and stay wrong.
    public var foolingRate = 0.3
    /// The learning rate of classifying as a share of that of reconstructing.
    public var classificationRate = 1.0
    /// Standard deviation of normal noise on the encoder's input in training.
    public var inputNoise = 0.5

    public init() {}

    public static let settings: [SettingDescription] = [
      .init("styleSize", "number of elements of the code beside the class", .within(1...1_048_576)),
      .init("likelihood", "what the decoder's output says about the data"),
      .init(
        "discriminatorSizes", "sizes of the hidden layers of both discriminators",
        .within(1...1_048_576)),
      .init(
        "discriminationRate", "rate of discriminating as a share of the learning rate", .above(0)),
      .init("foolingRate", "rate of fooling as a share of the learning rate", .above(0)),
      .init("classificationRate", "rate of classifying as a share of the learning rate", .above(0)),
      .init("inputNoise", "deviation of noise on the encoder's input in training", .atLeast(0)),
    ]
  }
}
