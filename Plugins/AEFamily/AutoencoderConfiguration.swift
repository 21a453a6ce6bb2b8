import LatentZoo

extension Autoencoder {
  /// Where the elements of a code belong.
  public enum CodeShape: String, Choice {
    /// To the whole example: a linear layer of the features.
    case dense
    /// To a place in the image: a 1×1 convolution of the feature maps.
    case spatial
  }

  /// The settings of an autoencoder.
  public struct Configuration: ModelConfiguration {
    /// Number of elements of a dense code; that of a spatial one follows from `codeChannels` and the backbone's maps.
    public var latentSize = 32
    /// What training minimises, summed over an example's elements.
    public var loss = ReconstructionLoss.binaryCrossEntropy
    /// The function that brings outputs into the data's range; with `binaryCrossEntropy` always the sigmoid.
    public var outputActivation = Activation.sigmoid

    /// Whether elements of the code belong to the whole example or to places.
    public var code = CodeShape.dense
    /// Channels of a spatial code.
    public var codeChannels = 4
    /// The function that gives the code.
    public var codeActivation = Activation.identity
    /// Deviation of the normal noise that training adds to the code.
    public var codeNoise = 0.0
    /// Probability of dropping an element of the code in training.
    public var codeDropout = 0.0
    /// Whether the decoder has the encoder's weights, transposed.
    public var tiedWeights = false

    /// Damage to the input, which training learns to repair.
    public var corruption = Corruption.Kind.none
    /// How much: a deviation for `gaussian`, a share for the others.
    public var corruptionAmount = 0.5
    /// Number of squares of `corruption=squares`.
    public var corruptionSquares = 1

    /// The penalty on codes with many active units.
    public var sparsity = Sparsity.none
    /// Factor of that penalty.
    public var sparsityWeight = 0.1
    /// The mean that `sparsity=kl` asks of each unit.
    public var sparsityTarget = 0.05
    /// Factor of the penalty on the Jacobian of the code by the input; 0 for none.
    public var contractionWeight = 0.0

    public init() {}

    public static let settings: [SettingDescription] = [
      .init("latentSize", "number of elements of a dense code", .within(1...1_048_576)),
      .init("loss", "what training minimises, summed over an example's elements"),
      .init("outputActivation", "function that brings outputs into the data's range"),
      .init("code", "whether elements of the code belong to the whole example or to places"),
      .init("codeChannels", "channels of a spatial code", .within(1...65_536)),
      .init("codeActivation", "function that gives the code"),
      .init("codeNoise", "deviation of noise on the code in training", .atLeast(0)),
      .init("codeDropout", "probability of dropping an element of the code", .from(0..<1)),
      .init("tiedWeights", "whether the decoder has the encoder's weights, transposed"),
      .init("corruption", "damage to the input, which training learns to repair"),
      .init(
        "corruptionAmount", "how much: a deviation for gaussian, a share for the others",
        .atLeast(0)),
      .init("corruptionSquares", "number of squares of corruption=squares", .within(1...1000)),
      .init("sparsity", "penalty on codes with many active units"),
      .init("sparsityWeight", "factor of that penalty", .atLeast(0)),
      .init("sparsityTarget", "mean that sparsity=kl asks of each unit", .between(0, 1)),
      .init(
        "contractionWeight", "factor of the penalty on the code's Jacobian by the input",
        .atLeast(0)),
    ]

    public func validate() throws {
      try require(
        "outputActivation", loss != .binaryCrossEntropy || outputActivation == .sigmoid,
        "must be sigmoid with loss=binaryCrossEntropy")
      try require("tiedWeights", !tiedWeights || code == .dense, "needs code=dense")
      if let complaint = damage.complaint {
        try require("corruptionAmount", false, complaint.requirement)
      }
      try require(
        "codeActivation", sparsity != .kl || codeActivation == .sigmoid,
        "must be sigmoid with sparsity=kl")
    }

    /// The damage to the input.
    var damage: Corruption {
      Corruption(corruption, amount: corruptionAmount, squareCount: corruptionSquares)
    }
  }
}
