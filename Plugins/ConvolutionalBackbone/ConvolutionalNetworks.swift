import LatentZoo

/// A convolution, its normalisation and its activation.
struct Block: Module {
  let convolution: any Layer
  let normalization: BatchNorm?
  let activation: Activation

  init(_ convolution: any Layer, channels: Int, _ configuration: Convolutional.Configuration) {
    self.convolution = convolution
    normalization = configuration.normalization == .batch ? BatchNorm(channels: channels) : nil
    activation = configuration.activation
  }

  func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    let y = convolution(x, using: &pass)
    return activation(normalization?(y, using: &pass) ?? y)
  }
}

/// `[B, C, H, W]` to `[B, featureSize]`, channels fastest.
struct ConvolutionalEncoder: Layer {
  let layers: [Block]

  func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    layers.reduce(x) { $1($0, using: &pass) }.transposed([0, 2, 3, 1]).flattened()
  }
}

/// `[B, inputSize]` to `[B, C, H, W]`
struct ConvolutionalDecoder: Layer {
  let expand: Linear
  let layers: [Block]
  let output: ConvTranspose2D
  let activation: Activation
  let smallest: Size2D

  func callAsFunction(_ z: Tensor, using pass: inout Pass) -> Tensor {
    let features = activation(expand(z, using: &pass))
    let channels = features.shape[1] / (smallest.height * smallest.width)
    let small = features.reshaped(to: [z.shape[0], smallest.height, smallest.width, channels])
    let images = layers.reduce(small.transposed([0, 3, 1, 2])) { $1($0, using: &pass) }
    return output(images, using: &pass)
  }
}
