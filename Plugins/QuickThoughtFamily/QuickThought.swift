import LatentZoo

/// Quick-thought vectors: which of a batch's sentences stands beside a sentence is told by the product of their vectors
/// (Logeswaran and Lee 2018).
///
/// Minimises `-log softmax_j(f(sentence) · g(candidate_j))` at the true neighbour, for the sentences before and after by turns
/// over the same batch. The code is `f(sentence)` beside `g(sentence)`; it cannot be decoded.
///
/// Differs from the paper: both encoders share the words' vectors, and the candidates are the neighbours of random sentences
/// instead of a run of one book.
public struct QuickThought: WordEmbedding, EncoderOnlyFamily {
  /// The settings of quick-thought.
  public struct Configuration: ModelConfiguration {
    /// Probability of dropping an element of a word's vector in training.
    public var wordDropout = 0.0

    public init() {}

    public static let settings: [SettingDescription] = [
      .init("wordDropout", "probability of dropping an element of a word's vector", .from(0..<1))
    ]
  }

  public static let card = Card(
    identifier: "quick-thought", title: "Quick-thought",
    summary: "sentence vectors that pick a sentence's neighbours out of a batch",
    paper: Paper(
      authors: "Logeswaran and Lee", year: 2018,
      title: "An efficient framework for learning sentence representations",
      url: "https://arxiv.org/abs/1803.02893"))
  public static let defaultBackbone = "recurrent"
  public static let takesTokens = true

  public let configuration: Configuration
  /// The words' vectors.
  public let embedding: Embedding
  /// Of a sentence, `[B, featureSize]`; `f` in the paper.
  public let encoder: any SequenceReader
  /// Of a candidate, `[B, featureSize]`; `g` in the paper.
  public let candidateEncoder: any SequenceReader

  public var latentSize: Int { encoder.featureSize + candidateEncoder.featureSize }
  public var batchContents: BatchContents { .neighbours }

  public init(
    _ configuration: Configuration, on backbone: any Backbone, using random: inout RandomSource
  ) throws {
    let (sequences, embedding) = try backbone.forSentences(
      of: Self.card.identifier, using: &random)
    self.configuration = configuration
    self.embedding = embedding
    encoder = sequences.makeReader(using: &random)
    candidateEncoder = sequences.makeReader(using: &random)
  }

  public func encode(vectors: Tensor, lengths: Tensor, using pass: inout Pass) -> Tensor {
    .concatenated(
      [
        encoder(vectors, lengths: lengths, using: &pass),
        candidateEncoder(vectors, lengths: lengths, using: &pass),
      ], axis: 1)
  }

  public func objective(for batch: Batch, using pass: inout Pass) -> Objective {
    let count = batch.examples.shape[0]
    let dropout = Dropout(rate: configuration.wordDropout)
    // One look-up for all, so that the table has one gradient.
    let sentences = Tensor.concatenated([batch.examples, batch.previous, batch.next], axis: 0)
    let vectors = dropout(embedding(sentences, using: &pass), using: &pass)
    let lengths = sentences.tokenCounts()
    let codes = encoder(
      vectors.slice(axis: 0, to: count), lengths: lengths.slice(axis: 0, to: count), using: &pass)
    let candidates = candidateEncoder(
      vectors.slice(axis: 0, from: count), lengths: lengths.slice(axis: 0, from: count),
      using: &pass)
    let neighbours = Tensor(NDArray((0..<count).map { Float($0) }, shape: [count]))
    var (loss, accuracy) = (Tensor(0), Tensor(0))
    for candidates in candidates.split(axis: 0, into: 2) {
      let scores = Tensor.product(codes, candidates, transposingSecond: true)
      loss = loss + Tensor.meanCrossEntropy(logits: scores, labels: neighbours) * 0.5
      accuracy = accuracy + scores.argMax(axis: 1).equal(to: neighbours).mean() * 0.5
    }
    return Objective(loss: loss, terms: [("accuracy", accuracy)])
  }
}
