import LatentZoo

/// Residual networks for images of any size: blocks of two convolutions around which the image also goes unchanged (He et al.
/// 2016).
///
/// Each stage of the encoder halves the image, rounding up; each of the decoder repeats pixels up to the size that the
/// encoder met.
///
/// Differs from the paper: one 3×3 convolution of stride 1 before the first stage instead of a 7×7 one with pooling, groups of
/// channels normalised instead of batches unless asked for, no pooling at the end.
public struct Residual: SpatialBackbone {
  /// The settings of a residual backbone.
  public struct Configuration: ModelConfiguration {
    /// Channels of each stage of the encoder, first to last.
    public var channels = [32, 64]
    /// Blocks in a stage.
    public var blockCount = 1
    /// The function after each convolution but the last.
    public var activation = Activation.relu
    /// Normalisation before the activation.
    public var normalization = Normalization.group

    public init() {}

    public static let settings: [SettingDescription] = [
      .init("channels", "channels of each stage of the encoder", .within(1...65_536)),
      .init("blockCount", "blocks in a stage", .within(1...64)),
      .init("activation", "function after each convolution but the last"),
      .init("normalization", "normalisation before the activation"),
    ]

    public func validate() throws {
      try require("channels", (1...16).contains(channels.count), "must name 1...16 stages")
    }
  }

  public static let card = Card(
    identifier: "residual", title: "Residual",
    summary: "convolutions with shortcuts, normalised, images of any size",
    paper: Paper(
      authors: "He, Zhang, Ren and Sun", year: 2016,
      title: "Deep residual learning for image recognition",
      url: "https://arxiv.org/abs/1512.03385"))

  public let configuration: Configuration
  public let data: DataSignature
  /// Height and width of the data and after each stage.
  private let sizes: [Size2D]

  public init(_ configuration: Configuration, for data: DataSignature) throws {
    let image = try Self.imageSize(of: data)
    self.configuration = configuration
    sizes = configuration.channels.reduce(into: [image]) { sizes, _ in
      let last = sizes[sizes.count - 1]
      sizes.append(Size2D((last.height + 1) / 2, (last.width + 1) / 2))
    }
    self.data = data
  }

  private var smallest: Size2D { sizes[sizes.count - 1] }

  public var featureMap: DataShape {
    DataShape(configuration.channels.suffix(1) + smallest.dimensions)
  }

  public func makeEncoder(using random: inout RandomSource) -> any Layer {
    makeEncoder(isFlat: true, using: &random)
  }

  public func makeMapEncoder(using random: inout RandomSource) -> any Layer {
    makeEncoder(isFlat: false, using: &random)
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

  private func makeEncoder(isFlat: Bool, using random: inout RandomSource) -> any Layer {
    let channels = configuration.channels
    let stem = ConvolutionBlock(
      inputChannels: dataShape.dimensions[0], outputChannels: channels[0],
      normalization: configuration.normalization, using: &random)
    var stages: [[ResidualBlock]] = []
    for (input, output) in zip(channels.prefix(1) + channels, channels) {
      stages.append(makeStage(from: input, to: output, .halving, using: &random))
    }
    return ResidualEncoder(
      stem: stem, stages: stages, activation: configuration.activation, isFlat: isFlat)
  }

  private func makeDecoder(
    from expand: any Layer, using random: inout RandomSource
  ) -> any Layer {
    let channels = Array(configuration.channels.reversed())
    var stages: [[ResidualBlock]] = []
    for (level, (input, output)) in zip(channels, channels.dropFirst() + channels.suffix(1))
      .enumerated()
    {
      let size = sizes[sizes.count - 2 - level]
      stages.append(makeStage(from: input, to: output, .enlarging(size), using: &random))
    }
    let output = Conv2D(
      inputChannels: channels[channels.count - 1], outputChannels: dataShape.dimensions[0],
      kernelSize: 3, padding: 1, using: &random)
    return ResidualDecoder(
      expand: expand, stages: stages, output: output, activation: configuration.activation,
      smallest: smallest)
  }

  /// Blocks of which the first changes channels and size.
  private func makeStage(
    from input: Int, to output: Int, _ resizing: ResidualBlock.Resizing,
    using random: inout RandomSource
  ) -> [ResidualBlock] {
    var blocks: [ResidualBlock] = []
    for index in 0..<configuration.blockCount {
      blocks.append(
        ResidualBlock(
          inputChannels: index == 0 ? input : output, outputChannels: output,
          index == 0 ? resizing : .none, configuration, using: &random))
    }
    return blocks
  }
}
