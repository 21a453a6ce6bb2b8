import LatentZoo

/// Skip-thought vectors: from a sentence's code two decoders write the sentences before and after it (Kiros et al. 2015).
///
/// Minimises the mean of `-log p(token | code, tokens before)` over the tokens of both neighbours. Encoder and decoders share
/// the words' vectors, the decoders the output layer. Decoding a code writes the next sentence.
///
/// Differs from the paper: decoders see the code standardised over the batch, as otherwise what all sentences' gradients share
/// drives the encoder's states to ±1 within a hundred steps; a decoder's first state is made of the code, which its gates see at
/// every step only with `readsCodeAtEveryStep`; `direction=combine` trains both readers together; weights start uniformly,
/// not orthogonally.
public struct SkipThought: WordEmbedding {
  /// The settings of skip-thought.
  public struct Configuration: ModelConfiguration {
    /// The most frequent tokens, which decoders tell apart; to them all others are the unknown one.
    public var outputVocabularySize = 20_000
    /// Probability of hiding a word before from the decoders in training.
    public var inputDropout = 0.0

    public init() {}

    public static let settings: [SettingDescription] = [
      .init(
        "outputVocabularySize", "the most frequent tokens, which decoders tell apart", .atLeast(3)),
      .init(
        "inputDropout", "probability of hiding the word before from the decoders", .within(0...1)),
    ]
  }

  public static let card = Card(
    identifier: "skip-thought", title: "Skip-thought",
    summary: "sentence vectors that tell the sentences before and after",
    paper: Paper(
      authors: "Kiros, Zhu, Salakhutdinov, Zemel, Torralba, Urtasun and Fidler", year: 2015,
      title: "Skip-thought vectors", url: "https://arxiv.org/abs/1506.06726"))
  public static let presets = [
    "uni-skip": Preset(
      summary: "the encoder reads from the first word on", settings: ["direction": "uni"]),
    "bi-skip": Preset(
      summary: "the encoder reads from both ends", settings: ["direction": "bi"]),
    "combine-skip": Preset(
      summary: "both of these side by side", settings: ["direction": "combine"]),
  ]
  public static let defaultBackbone = "recurrent"
  public static let takesTokens = true

  public let configuration: Configuration
  /// The words' vectors.
  public let embedding: Embedding
  /// The words of a sentence to its code, `[B, latentSize]`.
  public let encoder: any SequenceReader
  /// The code as the decoders see it, each element with mean 0 and variance 1 at first.
  public let standardization: BatchNorm
  /// The code to the sentence before.
  public let previous: any SequenceWriter
  /// The code to the sentence after.
  public let next: any SequenceWriter
  /// What either decoder knows after a word to logits of the word.
  public let output: Linear
  private let stepCount: Int

  public var latentSize: Int { encoder.featureSize }
  public var batchContents: BatchContents { .neighbours }

  /// The decoders go on telling apart the tokens they know.
  public var configurationForMoreWords: Configuration {
    var configuration = configuration
    configuration.outputVocabularySize = output.weight.shape[0]
    return configuration
  }

  public init(
    _ configuration: Configuration, on backbone: any Backbone, using random: inout RandomSource
  ) throws {
    let (sequences, embedding) = try backbone.forSentences(
      of: Self.card.identifier, using: &random)
    self.configuration = configuration
    self.embedding = embedding
    stepCount = sequences.stepCount
    encoder = sequences.makeReader(using: &random)
    standardization = BatchNorm(channels: encoder.featureSize)
    previous = sequences.makeWriter(codeSize: backbone.featureSize, using: &random)
    next = sequences.makeWriter(codeSize: backbone.featureSize, using: &random)
    output = Linear(
      inputSize: next.hiddenSize,
      outputSize: min(configuration.outputVocabularySize, backbone.data.vocabularySize),
      using: &random)
  }

  public func encode(vectors: Tensor, lengths: Tensor, using pass: inout Pass) -> Tensor {
    encoder(vectors, lengths: lengths, using: &pass)
  }

  public func decode(_ z: Tensor, using pass: inout Pass) -> Tensor {
    write(z, with: next, using: &pass)
  }

  private func write(
    _ z: Tensor, with writer: any SequenceWriter, using pass: inout Pass
  ) -> Tensor {
    let code = standardization(z, using: &pass)
    return SequenceDecoder(embedding: embedding, writer: writer, output: output)
      .generate(from: code, stepCount: stepCount, using: &pass)
  }

  /// The decoder of the sentence before.
  public func furtherNetworks(for data: DataShape) -> [FurtherNetwork] {
    let z = GraphValue.vectors("z", size: latentSize)
    return [
      FurtherNetwork("previous_decoder", inputs: [z], outputs: ["x"]) { inputs, pass in
        [write(inputs[0], with: previous, using: &pass)]
      }
    ]
  }

  public func objective(for batch: Batch, using pass: inout Pass) -> Objective {
    let dropout = StepDropout(rate: configuration.inputDropout)
    let neighbours = [batch.previous, batch.next]
    let known = neighbours.map {
      dropout($0.shiftedByOneStep(first: Float(Vocabulary.endIndex)), using: &pass)
    }
    // One look-up and one product for all, so that table and output have one gradient each.
    let vectors = embedding(.concatenated([batch.examples] + known, axis: 0), using: &pass)
      .split(axis: 0, into: 3)
    let z = encode(vectors: vectors[0], lengths: batch.examples.tokenCounts(), using: &pass)
    let code = standardization(z, using: &pass)
    let before = previous(vectors[1], from: code, using: &pass)
    let after = next(vectors[2], from: code, using: &pass)
    let logits = output(.concatenated([before, after], axis: 0), using: &pass)
    return Self.objective(logits, for: .concatenated(neighbours, axis: 0))
  }

  /// The mean over tokens; those that the output lacks count as the unknown one.
  private static func objective(_ logits: Tensor, for tokens: Tensor) -> Objective {
    let isKnown = tokens < Tensor(Float(logits.shape[2]))
    let labels = Tensor.where(isKnown, tokens, Tensor(Float(Vocabulary.unknownIndex)))
    let loss = Tensor.meanCrossEntropy(
      logits: logits, labels: labels, ignoredIndex: Vocabulary.paddingIndex)
    return Objective(loss: loss, terms: [("perplexity", loss.exp())])
  }

  public func measures(
    of batch: Batch, using pass: inout Pass
  ) -> [(name: String, value: Tensor)] { [] }
}
