import LatentZoo

/// The variational autoencoder of `Plugins/VAEFamily` as a stranger would write it: with a layer of one's own, composed of
/// public operators, and none of the parts that ours share.
///
/// Computes what `vae` computes with its default settings, so that the time of a training can be compared.
public struct RebuiltVAE: ModelFamily {
  public struct Configuration: ModelConfiguration {
    public var latentSize = 20
    public init() {}
    public static let settings: [SettingDescription] = [
      .init("latentSize", "number of elements of the code", .atLeast(1))
    ]
  }

  public static let card = Card(
    identifier: "rebuilt-vae", title: "Rebuilt variational autoencoder",
    summary: "the variational autoencoder once more, as a stranger would write it")

  public let configuration: Configuration
  public let encoder: any Layer
  public let mean: Affine
  public let logVariance: Affine
  public let decoder: any Layer
  public var latentSize: Int { configuration.latentSize }
  public var prior: LatentPrior { .standardNormal }

  public init(
    _ configuration: Configuration, on backbone: any Backbone, using random: inout RandomSource
  ) throws {
    self.configuration = configuration
    encoder = backbone.makeEncoder(using: &random)
    mean = Affine(backbone.featureSize, configuration.latentSize, using: &random)
    logVariance = Affine(backbone.featureSize, configuration.latentSize, using: &random)
    decoder = backbone.makeDecoder(inputSize: configuration.latentSize, using: &random)
  }

  public func encode(_ x: Tensor, using pass: inout Pass) -> Tensor {
    mean(encoder(x, using: &pass), using: &pass)
  }

  public func decode(_ z: Tensor, using pass: inout Pass) -> Tensor {
    decoder(z, using: &pass).sigmoid()
  }

  public func objective(for batch: Batch, using pass: inout Pass) -> Objective {
    let x = batch.examples
    let features = encoder(x, using: &pass)
    let (mean, logVariance) = (mean(features, using: &pass), logVariance(features, using: &pass))
    let z = mean + (logVariance * 0.5).exp() * pass.normal(mean.shape)
    let logits = decoder(z, using: &pass)
    let divergence = (mean.squared() + logVariance.exp() - logVariance - 1).sum(axes: [1]) * 0.5
    return Objective(
      reconstruction: ReconstructionLoss.binaryCrossEntropy(of: logits, target: x),
      divergence: divergence, weight: 1)
  }

  public func furtherNetworks(for data: DataShape) -> [FurtherNetwork] {
    [
      FurtherNetwork(
        "posterior", inputs: [.examples(data)], outputs: ["z_mean", "z_log_variance"]
      ) { inputs, pass in
        let features = encoder(inputs[0], using: &pass)
        return [mean(features, using: &pass), logVariance(features, using: &pass)]
      }
    ]
  }
}

/// `y = x · Wᵀ + b`: `[B, inputSize]` to `[B, outputSize]`.
public struct Affine: Layer {
  public let weight: Parameter
  public let bias: Parameter

  init(_ inputSize: Int, _ outputSize: Int, using random: inout RandomSource) {
    weight = Initializer.fanInUniform.parameter([outputSize, inputSize], using: &random)
    bias = Initializer.zeros.parameter([outputSize], using: &random)
  }

  public func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    Tensor.product(x, weight.tensor, transposingSecond: true, bias: bias.tensor)
  }
}
