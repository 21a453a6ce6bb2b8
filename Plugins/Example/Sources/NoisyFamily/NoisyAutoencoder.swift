import LatentZoo

public struct NoisyAutoencoder: ModelFamily {
  public struct Configuration: ModelConfiguration {
    public var latentSize = 16
    public var noise = 0.3
    public init() {}
    public static let settings: [SettingDescription] = [
      .init("latentSize", "number of elements of the code", .atLeast(1)),
      .init("noise", "deviation of the noise on the input in training", .atLeast(0)),
    ]
  }

  public static let card = Card(
    identifier: "noisy-ae", title: "Noisy autoencoder",
    summary: "restores its input from a noisy one")
  public let configuration: Configuration
  public let encoder: EncoderNetwork<Linear>
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
    decoder(z, using: &pass).sigmoid()
  }

  public func objective(for batch: Batch, using pass: inout Pass) -> Objective {
    let x = batch.examples
    let noisy = x + pass.normal(x.shape) * Tensor(Float(configuration.noise))
    return Objective(
      reconstruction: ReconstructionLoss.squaredError(
        of: reconstruct(noisy, using: &pass), target: x))
  }
}
