import LatentZoo

/// Convolutional networks for images of any size: strided convolutions halve the image, transposed ones double it.
///
/// Each level of the encoder halves height and width, rounding up for odd kernels and down for even ones; the decoder
/// restores exactly the sizes the encoder met. There is no pooling (Springenberg et al. 2015,
/// https://arxiv.org/abs/1412.6806).
public struct Convolutional: SpatialBackbone {
  /// The settings of a convolutional backbone.
  public struct Configuration: ModelConfiguration {
    /// Channels after each convolution of the encoder, first to last.
    public var channels = [32, 64]
    /// Height and width of the windows.
    public var kernelSize = 3
    /// The function after each convolution but the last.
    public var activation = Activation.relu
    /// Normalisation before the activation.
    public var normalization = Normalization.none

    public init() {}

    public static let settings: [SettingDescription] = [
      .init("channels", "channels after each convolution of the encoder", .within(1...65_536)),
      .init("kernelSize", "height and width of the windows", .within(2...15)),
      .init("activation", "function after each convolution but the last"),
      .init("normalization", "normalisation before the activation"),
    ]

    public func validate() throws {
      try require("channels", !channels.isEmpty, "must name one convolution or more")
    }
  }

  public static let card = Card(
    identifier: "conv", title: "Convolutional",
    summary: "strided convolutions down, transposed convolutions up, images of any size",
    paper: Paper(
      authors: "Springenberg, Dosovitskiy, Brox and Riedmiller", year: 2015,
      title: "Striving for simplicity: the all convolutional net",
      url: "https://arxiv.org/abs/1412.6806"))

  public let configuration: Configuration
  public let data: DataSignature
  /// Height and width of the data and after each convolution.
  private let sizes: [Size2D]

  public init(_ configuration: Configuration, for data: DataSignature) throws {
    var sizes = [try Self.imageSize(of: data)]
    for _ in configuration.channels {
      let next = sizes[sizes.count - 1].halved(kernelSize: configuration.kernelSize)
      guard next.height > 0, next.width > 0 else {
        throw ModelError.backboneDoesNotFit(
          backbone: Self.card.identifier, data: data.shape,
          reason:
            "\(configuration.channels.count) convolutions leave nothing of the image; use fewer channels=[…]"
        )
      }
      sizes.append(next)
    }
    self.configuration = configuration
    self.sizes = sizes
    self.data = data
  }

  private var smallest: Size2D { sizes[sizes.count - 1] }

  public var featureMap: DataShape {
    DataShape(configuration.channels.suffix(1) + smallest.dimensions)
  }

  public func makeEncoder(using random: inout RandomSource) -> any Layer {
    ConvolutionalEncoder(layers: makeConvolutions(using: &random), isFlat: true)
  }

  public func makeMapEncoder(using random: inout RandomSource) -> any Layer {
    ConvolutionalEncoder(layers: makeConvolutions(using: &random), isFlat: false)
  }

  public func makeDecoder(inputSize: Int, using random: inout RandomSource) -> any Layer {
    let expand = Linear(inputSize: inputSize, outputSize: featureSize, using: &random)
    return makeDecoder(from: expand, using: &random)
  }

  public func makeMapDecoder(inputChannels: Int, using random: inout RandomSource) -> any Layer {
    let expand = Conv2D(
      inputChannels: inputChannels, outputChannels: featureMap.dimensions[0], kernelSize: 1,
      using: &random)
    return makeDecoder(from: expand, using: &random)
  }

  private func makeConvolutions(using random: inout RandomSource) -> [Block] {
    let channels = [dataShape.dimensions[0]] + configuration.channels
    return zip(channels, channels.dropFirst()).map { input, output in
      Block(
        Conv2D(
          inputChannels: input, outputChannels: output,
          kernelSize: Size2D(configuration.kernelSize),
          stride: 2, padding: padding, using: &random),
        channels: output, configuration)
    }
  }

  private func makeDecoder(
    from expand: any Layer, using random: inout RandomSource
  ) -> any Layer {
    let channels = configuration.channels.reversed() + [dataShape.dimensions[0]]
    var convolutions: [ConvTranspose2D] = []
    for (level, (input, output)) in zip(channels, channels.dropFirst()).enumerated() {
      let (small, large) = (sizes[sizes.count - 1 - level], sizes[sizes.count - 2 - level])
      convolutions.append(
        ConvTranspose2D(
          inputChannels: input, outputChannels: output,
          kernelSize: Size2D(configuration.kernelSize),
          stride: 2, padding: padding, outputPadding: missing(from: small, to: large),
          using: &random))
    }
    let hidden = zip(convolutions.dropLast(), channels.dropFirst()).map {
      Block($0, channels: $1, configuration)
    }
    return ConvolutionalDecoder(
      expand: expand, layers: hidden, output: convolutions[convolutions.count - 1],
      activation: configuration.activation, smallest: smallest)
  }

  private var padding: Size2D { Size2D((configuration.kernelSize - 1) / 2) }

  /// Rows and columns that doubling leaves out.
  private func missing(from small: Size2D, to large: Size2D) -> Size2D {
    let isOdd = configuration.kernelSize.isMultiple(of: 2) ? 0 : 1
    return Size2D(large.height - 2 * small.height + isOdd, large.width - 2 * small.width + isOdd)
  }
}

extension Size2D {
  /// What a convolution of stride 2 leaves.
  fileprivate func halved(kernelSize: Int) -> Size2D {
    let more = kernelSize.isMultiple(of: 2) ? 0 : 1
    return Size2D((height + more) / 2, (width + more) / 2)
  }
}
