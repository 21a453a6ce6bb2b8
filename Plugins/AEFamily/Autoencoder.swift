import LatentZoo

/// The autoencoder: the data through a narrow code and back (Hinton and Salakhutdinov 2006).
///
/// Differs from the paper: all layers are trained together from PyTorch's initial values, without
/// layer-wise pretraining, and `deep-ae` has GELU where the paper has logistic units.
public struct Autoencoder: ModelFamily {
  /// The settings of an autoencoder.
  public struct Configuration: ModelConfiguration {
    /// Number of elements of the code.
    public var latentSize = 32
    /// What training minimises, summed over an example's elements.
    public var loss = ReconstructionLoss.binaryCrossEntropy
    /// The function that brings outputs into the data's range; with `binaryCrossEntropy` always the sigmoid.
    public var outputActivation = Activation.sigmoid

    public init() {}

    public func validate() throws {
      try require("latentSize", latentSize > 0, "must be at least 1")
      try require("latentSize", latentSize <= 1 << 20, "is at most 1048576")
      try require(
        "outputActivation", loss != .binaryCrossEntropy || outputActivation == .sigmoid,
        "must be sigmoid with loss=binaryCrossEntropy")
    }
  }

  public static let card = Card(
    identifier: "ae", title: "Autoencoder", summary: "reconstructs its input from a small code",
    paper: Paper(
      authors: "Hinton and Salakhutdinov", year: 2006,
      title: "Reducing the dimensionality of data with neural networks",
      url: "https://doi.org/10.1126/science.1127647"))

  public static let presets = [
    "deep-ae": Preset(
      summary: "the paper's 784-1000-500-250-30 network",
      settings: [
        "hiddenSizes": [1000, 500, 250], "latentSize": 30, "loss": "squaredError",
        "activation": "gelu",
      ]),
    "conv-ae": Preset(
      summary: "convolutions down to a code, transposed ones back up", backbone: "conv",
      settings: [:]),
  ]

  public let configuration: Configuration
  /// `[B, ...dataShape]` to the code `[B, latentSize]`
  public let encoder: EncoderNetwork<Linear>
  /// `[B, latentSize]` to `[B, ...dataShape]`, before the output activation
  public let decoder: any Layer

  public var latentSize: Int { configuration.latentSize }

  public init(
    _ configuration: Configuration, on backbone: any Backbone, using random: inout RandomSource
  ) throws {
    self.configuration = configuration
    let features = backbone.makeEncoder(using: &random)
    let code = Linear(
      inputSize: backbone.featureSize, outputSize: configuration.latentSize, using: &random)
    encoder = EncoderNetwork(features: features, head: code)
    decoder = backbone.makeDecoder(inputSize: configuration.latentSize, using: &random)
  }

  public func encode(_ x: Tensor, using pass: inout Pass) -> Tensor {
    encoder.head(encoder.features(x, using: &pass), using: &pass)
  }

  public func decode(_ z: Tensor, using pass: inout Pass) -> Tensor {
    configuration.outputActivation(decoder(z, using: &pass))
  }

  public func objective(for batch: Batch, using pass: inout Pass) -> Objective {
    let x = batch.examples
    let z = encode(x, using: &pass)
    let y =
      configuration.loss == .binaryCrossEntropy
      ? decoder(z, using: &pass) : decode(z, using: &pass)
    return Objective(reconstruction: configuration.loss(of: y, target: x))
  }

  public func validate(_ data: Dataset) throws {
    guard configuration.loss == .binaryCrossEntropy else { return }
    try data.requireUnitRange(family: Self.card.identifier, instead: "loss=squaredError")
  }
}
