import LatentZoo

/// The variational autoencoder (Kingma and Welling 2014, https://arxiv.org/abs/1312.6114).
///
/// Minimises `-log p(x | z) + β · KL(q(z | x) ‖ N(0, I))` with `z` drawn from the encoder's diagonal
/// Gaussian `q(z | x)`. With β other than 1 it is the β-VAE (Higgins et al. 2017).
public struct VariationalAutoencoder: ModelFamily {
  /// The settings of a variational autoencoder.
  public struct Configuration: ModelConfiguration {
    /// Number of elements of the code.
    public var latentSize = 20
    /// What the decoder's output says about the data.
    public var likelihood = Likelihood.bernoulli
    /// Factor of the divergence.
    public var beta = 1.0
    /// Epochs over which the divergence's factor rises from 0 to `beta`.
    public var klWarmUpEpochs = 0.0
    /// Variance of an element under `likelihood=gaussian`; 0.5 minimises squared error + KL.
    public var outputVariance = 0.5

    public init() {}

    public func validate() throws {
      try require("latentSize", (1...1 << 20).contains(latentSize), "lies in 1...1048576")
      try require("beta", beta >= 0, "must not be negative")
      try require("klWarmUpEpochs", klWarmUpEpochs >= 0, "must not be negative")
      try require("outputVariance", outputVariance > 0, "must be positive")
    }
  }

  public static let card = Card(
    identifier: "vae", title: "Variational autoencoder",
    summary: "a code with a known distribution, to sample from",
    paper: Paper(
      authors: "Kingma and Welling", year: 2014, title: "Auto-encoding variational Bayes",
      url: "https://arxiv.org/abs/1312.6114"))
  public static let presets = [
    "beta-vae": Preset(
      summary: "factors told apart by a stronger divergence", settings: ["beta": 4])
  ]
  public let configuration: Configuration
  /// `[B, ...dataShape]` to the distribution of the code `[B, latentSize]`
  public let encoder: EncoderNetwork<GaussianHead>
  /// `[B, latentSize]` to `[B, ...dataShape]`: logits or means
  public let decoder: any Layer
  /// What the decoder's output says about the data.
  public let observation: ObservationModel
  public var latentSize: Int { configuration.latentSize }
  public var prior: LatentPrior { .standardNormal }

  public init(
    _ configuration: Configuration, on backbone: any Backbone, using random: inout RandomSource
  ) throws {
    self.configuration = configuration
    encoder = EncoderNetwork(
      features: backbone.makeEncoder(using: &random),
      head: GaussianHead(
        inputSize: backbone.featureSize, latentSize: configuration.latentSize, using: &random))
    observation = ObservationModel(
      configuration.likelihood, startingVariance: configuration.outputVariance)
    decoder = backbone.makeDecoder(inputSize: configuration.latentSize, using: &random)
  }

  /// `q(z | x)` for each example.
  public func posterior(_ x: Tensor, using pass: inout Pass) -> DiagonalGaussian {
    encoder.head(encoder.features(x, using: &pass), using: &pass)
  }

  public func encode(_ x: Tensor, using pass: inout Pass) -> Tensor {
    posterior(x, using: &pass).mean
  }

  public func decode(_ z: Tensor, using pass: inout Pass) -> Tensor {
    observation.mean(of: decoder(z, using: &pass))
  }

  public func objective(for batch: Batch, using pass: inout Pass) -> Objective {
    let posterior = posterior(batch.examples, using: &pass)
    let y = decoder(posterior.sample(using: &pass), using: &pass)
    return Objective(
      reconstruction: observation.negativeLog(of: batch.examples, under: y),
      divergence: posterior.klDivergenceToStandardNormal(),
      weight: Tensor(Float(configuration.beta)) * batch.warmUp(epochs: configuration.klWarmUpEpochs)
    )
  }

  public func validate(_ data: Dataset) throws {
    guard configuration.likelihood == .bernoulli else { return }
    try data.requireUnitRange(family: Self.card.identifier, instead: "likelihood=gaussian")
  }
}
