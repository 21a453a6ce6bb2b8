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

    public func validate() throws {
      try require("styleSize", (1...1 << 20).contains(styleSize), "lies in 1...1048576")
      try require(
        "discriminatorSizes", discriminatorSizes.allSatisfy { (1...1 << 20).contains($0) },
        "must be sizes in 1...1048576")
      try require("discriminationRate", discriminationRate > 0, "must be positive")
      try require("foolingRate", foolingRate > 0, "must be positive")
      try require("classificationRate", classificationRate > 0, "must be positive")
      try require("inputNoise", inputNoise >= 0, "must not be negative")
    }
  }
}
