import LatentZoo

/// Recurrent networks over sequences: tokens `[T]`, or series of numbers `[T]` or `[T, F]`.
///
/// With skip-thought's choice of reading directions (Kiros et al. 2015).
public struct Recurrent: SequenceBackbone {
  /// The settings of a recurrent backbone.
  public struct Configuration: ModelConfiguration {
    /// Which recurrence.
    public var cell = RecurrentCell.gru
    /// Features of the encoder for each pooling, which `direction=combine` doubles.
    public var hiddenSize = 256
    /// Elements of the decoder's state.
    public var decoderSize = 256
    /// Networks above each other, in encoder and decoder.
    public var layerCount = 1
    /// From which end the encoder reads.
    public var direction = ReadingDirection.uni
    /// How the encoder's states become features; those of several poolings stand side by side.
    public var pooling = [StatePooling.last]
    /// Whether the mean of the steps' own vectors stands beside the encoder's features: a way past the recurrence.
    public var hasShortcut = false
    /// Elements of a token's vector.
    public var embeddingSize = 128
    /// Whether the decoder reads the code at every step, not only at the first.
    public var readsCodeAtEveryStep = false
    /// Probability of dropping an element between layers, and of a token's vector, in training.
    public var dropout = 0.0

    public init() {}

    public static let settings: [SettingDescription] = [
      .init("cell", "the recurrence that reads and writes"),
      .init(
        "hiddenSize", "features for each pooling, which direction=combine doubles",
        .within(1...65_536)),
      .init("decoderSize", "elements of the decoder's state", .within(1...65_536)),
      .init("layerCount", "networks above each other, in encoder and decoder", .within(1...16)),
      .init("direction", "from which end the encoder reads"),
      .init("pooling", "how states become features; several stand side by side"),
      .init("hasShortcut", "whether the mean of the steps' vectors joins the features"),
      .init("embeddingSize", "elements of a token's vector", .within(1...65_536)),
      .init("readsCodeAtEveryStep", "whether the decoder reads the code at each step"),
      .init(
        "dropout", "probability of dropping an element between layers in training", .from(0..<1)),
    ]

    public func validate() throws {
      try require(
        "hiddenSize", direction == .uni || hiddenSize.isMultiple(of: 2),
        "must be even with direction=\(direction.rawValue)")
      try require(
        "pooling", !pooling.isEmpty && Set(pooling).count == pooling.count,
        "must be one or several of last, max and mean")
    }
  }

  public static let card = Card(
    identifier: "recurrent", title: "Recurrent",
    summary: "GRU or LSTM over tokens or series, read from either end",
    paper: Paper(
      authors: "Cho, van Merriënboer, Gulcehre, Bahdanau, Bougares, Schwenk and Bengio", year: 2014,
      title:
        "Learning phrase representations using RNN encoder-decoder for statistical machine translation",
      url: "https://arxiv.org/abs/1406.1078"))

  public let configuration: Configuration
  public let data: DataSignature

  public init(_ configuration: Configuration, for data: DataSignature) throws {
    let rank = data.shape.dimensions.count
    guard rank <= (data.isTokens ? 1 : 2) else {
      throw ModelError.backboneDoesNotFit(
        backbone: Self.card.identifier, data: data.shape,
        reason: "it takes sequences, steps or steps × numbers")
    }
    self.configuration = configuration
    self.data = data
  }

  public var stepSize: Int {
    if data.isTokens { return configuration.embeddingSize }
    return dataShape.dimensions.count == 1 ? 1 : dataShape.dimensions[1]
  }

  public var featureSize: Int {
    let features = configuration.hiddenSize * configuration.pooling.count
    let shortcut = configuration.hasShortcut ? stepSize : 0
    return (configuration.direction == .combine ? 2 : 1) * features + shortcut
  }

  public func makeEmbedding(using random: inout RandomSource) -> Embedding? {
    guard data.isTokens else { return nil }
    return Embedding(
      count: data.vocabularySize, size: stepSize, paddingIndex: Vocabulary.paddingIndex,
      initializer: .uniform(0.1), using: &random)
  }

  public func makeReader(using random: inout RandomSource) -> any SequenceReader {
    RecurrentReader(
      configuration.cell, inputSize: stepSize, hiddenSize: configuration.hiddenSize,
      layerCount: configuration.layerCount, direction: configuration.direction,
      pooling: configuration.pooling, hasShortcut: configuration.hasShortcut,
      dropout: configuration.dropout, using: &random)
  }

  public func makeWriter(codeSize: Int, using random: inout RandomSource) -> any SequenceWriter {
    RecurrentWriter(
      configuration.cell, codeSize: codeSize, inputSize: stepSize,
      hiddenSize: configuration.decoderSize, layerCount: configuration.layerCount,
      readsCodeAtEveryStep: configuration.readsCodeAtEveryStep, dropout: configuration.dropout,
      using: &random)
  }

  public func makeEncoder(using random: inout RandomSource) -> any Layer {
    let embedding = makeEmbedding(using: &random)
    let reader = makeReader(using: &random)
    return RecurrentEncoder(embedding: embedding, reader: reader, data: data)
  }

  public func makeDecoder(inputSize: Int, using random: inout RandomSource) -> any Layer {
    let network = configuration.cell.makeLayer(
      inputSize: inputSize, hiddenSize: configuration.decoderSize,
      layerCount: configuration.layerCount, dropout: configuration.dropout, using: &random)
    let output = Linear(
      inputSize: configuration.decoderSize, outputSize: data.isTokens ? 1 : stepSize,
      using: &random)
    return RecurrentDecoder(network: network, output: output, data: data)
  }
}
