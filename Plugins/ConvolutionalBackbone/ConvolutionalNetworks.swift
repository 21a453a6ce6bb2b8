import LatentZoo

/// A convolution, its normalisation and its activation.
struct Block: Module {
  let convolution: any Layer
  let normalization: (any Layer)?
  let activation: Activation

  init(_ convolution: any Layer, channels: Int, _ configuration: Convolutional.Configuration) {
    self.convolution = convolution
    normalization = configuration.normalization.makeLayer(channels: channels)
    activation = configuration.activation
  }

  func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    let y = convolution(x, using: &pass)
    return activation(normalization?(y, using: &pass) ?? y)
  }
}

/// `[B, C, H, W]` to maps `[B, channels, h, w]`, or to `[B, featureSize]`, channels fastest.
struct ConvolutionalEncoder: Layer {
  let layers: [Block]
  let isFlat: Bool

  func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    let maps = layers.reduce(x) { $1($0, using: &pass) }
    return isFlat ? maps.flattenedMaps() : maps
  }
}

/// `[B, inputSize]`, or maps `[B, inputChannels, h, w]`, to `[B, C, H, W]`
struct ConvolutionalDecoder: Layer {
  /// To features, flat or as maps.
  let expand: any Layer
  let layers: [Block]
  let output: ConvTranspose2D
  let activation: Activation
  let smallest: Size2D

  func callAsFunction(_ z: Tensor, using pass: inout Pass) -> Tensor {
    let features = activation(expand(z, using: &pass))
    let maps = features.shape.rank == 2 ? features.asMaps(of: smallest) : features
    return output(layers.reduce(maps) { $1($0, using: &pass) }, using: &pass)
  }
}
