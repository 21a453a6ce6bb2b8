/// A family that keeps a vector for every token of its vocabulary.
///
/// Vectors of further words can be put into the same space by a map from other word vectors (Kiros et al. 2015, section 2.2).
public protocol WordEmbedding: ModelFamily {
  /// The vectors, `[V, embeddingSize]`; row `i` is that of token `i` of the vocabulary.
  var embedding: Embedding { get }

  /// The code of sentences whose words have vectors already.
  ///
  /// - Parameters:
  ///   - vectors: `[B, T, embeddingSize]`
  ///   - lengths: number of words of each sentence with the end token, `[B]`.
  ///   - pass: the recording it becomes part of.
  /// - Returns: `[B, latentSize]`
  func encode(vectors: Tensor, lengths: Tensor, using pass: inout Pass) -> Tensor

  /// The configuration that gives networks of the same shapes, ``embedding`` apart, where the vocabulary is larger; by
  /// default the present one.
  var configurationForMoreWords: Configuration { get }
}

extension WordEmbedding {
  public var configurationForMoreWords: Configuration { configuration }

  public func encode(_ x: Tensor, using pass: inout Pass) -> Tensor {
    encode(vectors: embedding(x, using: &pass), lengths: x.tokenCounts(), using: &pass)
  }
}
