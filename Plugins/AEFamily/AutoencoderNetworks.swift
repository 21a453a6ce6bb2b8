import LatentZoo

extension Autoencoder {
  /// Encoder and decoder as the settings ask for them.
  struct Networks {
    let encoder: any Layer
    let decoder: any Layer
    let latentSize: Int

    init(
      _ configuration: Configuration, on backbone: any Backbone, using random: inout RandomSource
    ) throws {
      switch (configuration.code, configuration.tiedWeights) {
      case (.dense, false): self.init(dense: configuration, on: backbone, using: &random)
      case (.dense, true):
        guard let tied = backbone as? any TiedBackbone else {
          throw Self.refusal(backbone, "it has no weights to tie; use tiedWeights=false or dense")
        }
        self.init(tied: configuration, on: tied, using: &random)
      case (.spatial, _):
        guard let spatial = backbone as? any SpatialBackbone else {
          throw Self.refusal(backbone, "it has no maps for code=spatial; use code=dense or conv")
        }
        self.init(spatial: configuration, on: spatial, using: &random)
      }
    }

    private init(
      dense configuration: Configuration, on backbone: any Backbone,
      using random: inout RandomSource
    ) {
      latentSize = configuration.latentSize
      let features = backbone.makeEncoder(using: &random)
      let head = Linear(inputSize: backbone.featureSize, outputSize: latentSize, using: &random)
      encoder = CodeEncoder(features: features, head: head, configuration)
      decoder = backbone.makeDecoder(inputSize: latentSize, using: &random)
    }

    private init(
      tied configuration: Configuration, on backbone: any TiedBackbone,
      using random: inout RandomSource
    ) {
      latentSize = configuration.latentSize
      let networks = backbone.makeTiedNetworks(codeSize: latentSize, using: &random)
      encoder = CodeEncoder(features: networks.encoder, head: networks.head, configuration)
      decoder = networks.decoder
    }

    private init(
      spatial configuration: Configuration, on backbone: any SpatialBackbone,
      using random: inout RandomSource
    ) {
      let maps = backbone.featureMap.dimensions
      let code = DataShape([configuration.codeChannels] + maps.dropFirst())
      latentSize = code.featureCount
      let features = backbone.makeMapEncoder(using: &random)
      let head = Conv2D(
        inputChannels: maps[0], outputChannels: configuration.codeChannels, kernelSize: 1,
        using: &random)
      encoder = CodeEncoder(features: features, head: head, configuration)
      decoder = MapDecoder(
        map: code,
        network: backbone.makeMapDecoder(
          inputChannels: configuration.codeChannels, using: &random))
    }

    private static func refusal(_ backbone: any Backbone, _ reason: String) -> ModelError {
      .backboneDoesNotFit(
        backbone: type(of: backbone).card.identifier, data: backbone.dataShape, reason: reason)
    }
  }
}

/// `[B, ...dataShape]` through features and a head to the code `[B, latentSize]`.
private struct CodeEncoder: Layer {
  let features: any Layer
  let head: any Layer
  let activation: Activation

  init(features: any Layer, head: any Layer, _ configuration: Autoencoder.Configuration) {
    self.features = features
    self.head = head
    activation = configuration.codeActivation
  }

  func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    let features = features(x, using: &pass)
    return activation(head(features, using: &pass).flattened())
  }
}
