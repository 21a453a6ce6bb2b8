import LatentZoo

/// The variational autoencoder (Kingma and Welling 2014, https://arxiv.org/abs/1312.6114).
///
/// Minimises `-log p(x | z) + β · KL(q(z | x) ‖ N(0, I))` with `z` drawn from the encoder's diagonal
/// Gaussian `q(z | x)`. With β other than 1 it is the β-VAE (Higgins et al. 2017).
public struct VariationalAutoencoder: LatentVariableModel {
  public static let card = Card(
    identifier: "vae", title: "Variational autoencoder",
    summary: "a code with a known distribution, to sample from",
    paper: Paper(
      authors: "Kingma and Welling", year: 2014, title: "Auto-encoding variational Bayes",
      url: "https://arxiv.org/abs/1312.6114"))
  public static let presets = [
    "beta-vae": Preset(
      summary: "factors told apart by a stronger divergence", settings: ["beta": 4]),
    "conv-vae": Preset(
      summary: "on convolutions, for images", backbone: "conv", settings: [:]),
    "sigma-vae": Preset(
      summary: "Gaussian, its variance learned",
      settings: ["likelihood": "gaussian", "variance": "shared"]),
  ]

  public let configuration: Configuration
  /// `[B, ...dataShape]` to the distribution of the code `[B, latentSize]`
  public let encoder: EncoderNetwork<GaussianHead>
  /// `[B, latentSize]` to what ``observation`` reads
  public let decoder: any Layer
  /// `p(x | z)`
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
      configuration.likelihood, variance: configuration.variance,
      startingVariance: configuration.outputVariance)
    decoder = try backbone.makeDecoder(
      inputSize: configuration.latentSize, outputCount: observation.outputCount, using: &random)
  }

  public func posterior(for batch: Batch, using pass: inout Pass) -> DiagonalGaussian {
    encoder.head(encoder.features(batch.examples, using: &pass), using: &pass)
  }

  public func negativeLogLikelihood(
    of batch: Batch, given z: Tensor, using pass: inout Pass
  ) -> Tensor {
    observation.negativeLog(of: batch.examples, under: decoder(z, using: &pass))
  }

  public func encode(_ x: Tensor, using pass: inout Pass) -> Tensor {
    encoder.head(encoder.features(x, using: &pass), using: &pass).mean
  }

  public func decode(_ z: Tensor, using pass: inout Pass) -> Tensor {
    observation.mean(of: decoder(z, using: &pass))
  }

  public func objective(for batch: Batch, using pass: inout Pass) -> Objective {
    let posterior = posterior(for: batch, using: &pass)
    let z = posterior.sample(using: &pass)
    return Objective(
      reconstruction: negativeLogLikelihood(of: batch, given: z, using: &pass),
      divergences: posterior.klDivergencesToStandardNormal(),
      weight: Tensor(Float(configuration.beta))
        * batch.warmUp(epochs: configuration.klWarmUpEpochs),
      freeBits: configuration.freeBits)
  }

  public func validate(_ data: Dataset) throws {
    try data.requireValues(of: configuration.likelihood, family: Self.card.identifier)
  }
}
