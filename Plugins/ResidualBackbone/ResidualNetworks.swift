import LatentZoo

/// A convolution and its normalisation, which makes a bias needless.
struct ConvolutionBlock: Layer {
  let convolution: Conv2D
  let normalization: (any Layer)?

  init(
    inputChannels: Int, outputChannels: Int, kernelSize: Int = 3, stride: Int = 1,
    normalization: Normalization, using random: inout RandomSource
  ) {
    convolution = Conv2D(
      inputChannels: inputChannels, outputChannels: outputChannels,
      kernelSize: Size2D(kernelSize), stride: Size2D(stride), padding: Size2D(kernelSize / 2),
      hasBias: normalization == .none, initializer: .kaimingNormal, using: &random)
    self.normalization = normalization.makeLayer(channels: outputChannels)
  }

  func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    let y = convolution(x, using: &pass)
    return normalization?(y, using: &pass) ?? y
  }
}

/// `activation(second(activation(first(x))) + x)`, where `x` is resized and given other channels as needed.
struct ResidualBlock: Layer {
  /// What becomes of the image's size.
  enum Resizing {
    case none, halving
    case enlarging(Size2D)
  }

  let upsample: Upsample?
  let first: ConvolutionBlock
  let second: ConvolutionBlock
  let shortcut: ConvolutionBlock?
  let activation: Activation

  init(
    inputChannels: Int, outputChannels: Int, _ resizing: Resizing,
    _ configuration: Residual.Configuration, using random: inout RandomSource
  ) {
    var stride = 1
    switch resizing {
    case .none: upsample = nil
    case .halving: (upsample, stride) = (nil, 2)
    case .enlarging(let size): upsample = Upsample(.fixed(size))
    }
    let normalization = configuration.normalization
    first = ConvolutionBlock(
      inputChannels: inputChannels, outputChannels: outputChannels, stride: stride,
      normalization: normalization, using: &random)
    second = ConvolutionBlock(
      inputChannels: outputChannels, outputChannels: outputChannels, normalization: normalization,
      using: &random)
    shortcut =
      inputChannels == outputChannels && stride == 1
      ? nil
      : ConvolutionBlock(
        inputChannels: inputChannels, outputChannels: outputChannels, kernelSize: 1,
        stride: stride, normalization: normalization, using: &random)
    activation = configuration.activation
  }

  func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    let x = upsample?(x, using: &pass) ?? x
    let inner = activation(first(x, using: &pass))
    let y = second(inner, using: &pass)
    return activation(y + (shortcut?(x, using: &pass) ?? x))
  }
}

/// `[B, C, H, W]` to maps `[B, channels, h, w]`, or to `[B, featureSize]`, channels fastest.
struct ResidualEncoder: Layer {
  let stem: ConvolutionBlock
  let stages: [[ResidualBlock]]
  let activation: Activation
  let isFlat: Bool

  func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    let start = activation(stem(x, using: &pass))
    let maps = stages.joined().reduce(start) { $1($0, using: &pass) }
    return isFlat ? maps.flattenedMaps() : maps
  }
}

/// `[B, inputSize]`, or maps `[B, inputChannels, h, w]`, to `[B, C, H, W]`
struct ResidualDecoder: Layer {
  /// To features, flat or as maps.
  let expand: any Layer
  let stages: [[ResidualBlock]]
  let output: Conv2D
  let activation: Activation
  let smallest: Size2D

  func callAsFunction(_ z: Tensor, using pass: inout Pass) -> Tensor {
    let features = activation(expand(z, using: &pass))
    let maps = features.shape.rank == 2 ? features.asMaps(of: smallest) : features
    return output(stages.joined().reduce(maps) { $1($0, using: &pass) }, using: &pass)
  }
}
