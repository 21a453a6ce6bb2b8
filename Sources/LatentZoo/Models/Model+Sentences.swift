extension Model {
  /// Sentences as examples of a model of sentences, `[N, length]`.
  ///
  /// - Returns: the examples, and the words that the model does not know.
  /// - Throws: ``ModelError/noVocabulary(model:)``.
  public func examples(
    of sentences: [String]
  ) throws(ModelError) -> (examples: NDArray, unknown: [String]) {
    guard let vocabulary else { throw .noVocabulary(model: record.name) }
    let length = dataShape.featureCount
    let tokenizer = Tokenizer()
    var (scalars, unknown): ([Float], [String]) = ([], [])
    for sentence in sentences {
      let tokens = tokenizer.tokens(of: sentence)
      scalars += vocabulary.indices(of: tokens, length: length).map { Float($0) }
      unknown += tokens.filter { vocabulary.index(of: $0) == Vocabulary.unknownIndex }
    }
    return (NDArray(scalars, shape: [sentences.count, length]), unknown)
  }
}
