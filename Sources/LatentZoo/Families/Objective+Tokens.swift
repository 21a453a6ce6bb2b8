extension Objective {
  /// The improbability of sentences, `-Σ log p(token)`, per sentence; per token and as perplexity it is reported.
  ///
  /// - Parameters:
  ///   - tokens: `[B, T]`, padded with 0, which has no loss.
  ///   - logits: `[B, T, V]`
  public init(tokens: Tensor, logits: Tensor) {
    let losses = Tensor.crossEntropy(
      logits: logits, labels: tokens, ignoredIndex: Vocabulary.paddingIndex)
    let perToken = losses.sum() / Tensor.maximum(tokens.tokenCounts().sum(), 1)
    self.init(
      loss: losses.summedPerExample().mean(),
      terms: [("perToken", perToken), ("perplexity", perToken.exp())])
  }
}
