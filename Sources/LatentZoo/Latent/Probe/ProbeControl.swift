/// Features of sentences to compare codes with: what a linear classifier makes of them without the model's encoder.
enum ProbeControl: String, CaseIterable {
  /// The mean of the model's own word vectors.
  case wordVectors = "word vectors"
  /// Weighted counts of words and pairs of words; see `TFIDF`.
  case tfidf = "tf-idf"

  /// The features of all examples, one part after the other; `nil` where they do not apply.
  ///
  /// - Throws: `DatasetError` where examples can no longer be read.
  func features(
    of parts: [EncodedExamples], for family: (any ModelFamily)?
  ) throws -> ((ProbeSplit) -> (train: ProbeFeatures, test: ProbeFeatures))? {
    switch self {
    case .wordVectors:
      guard let words = family as? any WordEmbedding else { return nil }
      let table = words.embedding.weight.value
      let means = try parts.map { part in
        table.meanRows(try part.dataset.examples(part.indices))
      }
      let codes = ProbeFeatures.codes(NDArray.joined(means))
      return { (codes.rows($0.train), codes.rows($0.test)) }
    case .tfidf:
      let captions = parts.flatMap { part in
        part.dataset.captions.isEmpty ? [] : part.indices.map { part.dataset.captions[$0] }
      }
      guard !captions.isEmpty, parts.allSatisfy({ $0.dataset.vocabulary != nil }) else {
        return nil
      }
      let tokenizer = Tokenizer()
      let sentences = captions.map { tokenizer.tokens(of: $0) }
      return { split in
        let train = split.train.map { sentences[$0] }
        let terms = TFIDF(fitting: train)
        let test = terms.rows(of: split.test.map { sentences[$0] })
        return (.sparse(terms.rows(of: train)), .sparse(test))
      }
    }
  }
}

extension NDArray {
  /// The mean of the rows that each sentence names.
  ///
  /// - Parameter sentences: `[N, T]`, tokens; padding and the end token do not count.
  /// - Returns: `[N, D]`, 0 for a sentence without tokens.
  fileprivate func meanRows(_ sentences: NDArray) -> NDArray {
    let (length, size) = (sentences.shape[1], shape[1])
    var means = NDArray(repeating: 0, shape: [sentences.shape[0], size])
    for sentence in 0..<sentences.shape[0] {
      let tokens = sentences.scalars[sentence * length..<(sentence + 1) * length].map { Int($0) }
        .filter { $0 != Vocabulary.paddingIndex && $0 != Vocabulary.endIndex }
      for token in tokens {
        for column in 0..<size {
          means.scalars[sentence * size + column] +=
            scalars[token * size + column] / Float(tokens.count)
        }
      }
    }
    return means
  }
}
