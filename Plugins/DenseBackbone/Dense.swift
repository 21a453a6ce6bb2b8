import LatentZoo

/// Fully connected networks of any depth: an encoder through `hiddenSizes`, a decoder through the same in reverse.
///
/// Any data shape; images are flattened.
public struct Dense: Backbone {
  /// The settings of a dense backbone.
  public struct Configuration: ModelConfiguration {
    /// Sizes of the hidden layers of the encoder, first to last.
    public var hiddenSizes = [400]
    /// The function after each hidden layer.
    public var activation = Activation.relu
    /// Probability of dropping a hidden unit in training.
    public var dropout = 0.0

    public init() {}

    public static let settings: [SettingDescription] = [
      .init(
        "hiddenSizes", "sizes of the encoder's hidden layers; the decoder's in reverse",
        .within(1...1_048_576)),
      .init("activation", "function after each hidden layer"),
      .init("dropout", "probability of dropping a hidden unit in training", .from(0..<1)),
    ]
  }

  public static let card = Card(
    identifier: "dense", title: "Dense", summary: "fully connected layers, any depth")

  public let configuration: Configuration
  public let data: DataSignature

  public init(_ configuration: Configuration, for data: DataSignature) throws {
    self.configuration = configuration
    self.data = data
  }

  public var featureSize: Int { configuration.hiddenSizes.last ?? dataShape.featureCount }

  public func makeEncoder(using random: inout RandomSource) -> any Layer {
    DenseEncoder(
      hidden: makeStack(
        from: dataShape.featureCount, through: configuration.hiddenSizes, using: &random))
  }

  public func makeDecoder(inputSize: Int, using random: inout RandomSource) -> any Layer {
    let sizes = Array(configuration.hiddenSizes.reversed())
    return DenseDecoder(
      hidden: makeStack(from: inputSize, through: sizes, using: &random),
      output: Linear(
        inputSize: sizes.last ?? inputSize, outputSize: dataShape.featureCount, using: &random),
      dataShape: dataShape)
  }

  func makeStack(
    from inputSize: Int, through sizes: [Int], using random: inout RandomSource
  ) -> DenseStack {
    DenseStack(
      inputSize: inputSize, sizes: sizes, activation: configuration.activation,
      dropout: configuration.dropout, using: &random)
  }
}

/// `[B, ...dataShape]` to `[B, featureSize]`
struct DenseEncoder: Layer {
  let hidden: DenseStack

  func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    hidden(x.flattened(), using: &pass)
  }
}

/// `[B, inputSize]` to `[B, ...dataShape]`
struct DenseDecoder: Layer {
  let hidden: DenseStack
  let output: Linear
  let dataShape: DataShape

  func callAsFunction(_ z: Tensor, using pass: inout Pass) -> Tensor {
    output(hidden(z, using: &pass), using: &pass).reshaped(to: dataShape.batched(z.shape[0]))
  }
}
