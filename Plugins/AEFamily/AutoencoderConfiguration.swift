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

    public func validate() throws {
      try require("latentSize", latentSize > 0, "must be at least 1")
      try require("latentSize", latentSize <= 1 << 20, "is at most 1048576")
      try require(
        "outputActivation", loss != .binaryCrossEntropy || outputActivation == .sigmoid,
        "must be sigmoid with loss=binaryCrossEntropy")
      try require("codeChannels", (1...1 << 16).contains(codeChannels), "lies in 1...65536")
      try require("codeNoise", codeNoise >= 0, "must not be negative")
      try require("codeDropout", (0..<1).contains(codeDropout), "lies in 0..<1")
      try require("tiedWeights", !tiedWeights || code == .dense, "needs code=dense")
      if let complaint = damage.complaint {
        let key = complaint.key == "squares" ? "corruptionSquares" : "corruptionAmount"
        try require(key, false, complaint.requirement)
      }
      try require("sparsityWeight", sparsityWeight >= 0, "must not be negative")
      try require(
        "sparsityTarget", sparsityTarget > 0 && sparsityTarget < 1, "lies between 0 and 1")
      try require(
        "codeActivation", sparsity != .kl || codeActivation == .sigmoid,
        "must be sigmoid with sparsity=kl")
      try require("contractionWeight", contractionWeight >= 0, "must not be negative")
    }

    /// The damage to the input.
    var damage: Corruption {
      Corruption(corruption, amount: corruptionAmount, squareCount: corruptionSquares)
    }
  }
}
