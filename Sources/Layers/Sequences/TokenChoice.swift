public import Tensors

/// How a decoder chooses among tokens.
public enum TokenChoice: Hashable, Sendable {
  /// The likeliest.
  case greedy
  /// By chance, `p(token) ∝ exp(logit / temperature)`; below 1 the likely ones are more likely still.
  case sampled(temperature: Double)

  /// Chooses; the padding never is.
  ///
  /// - Parameters:
  ///   - logits: `[B, V]`
  ///   - pass: the recording it becomes part of.
  /// - Returns: tokens, `[B]`.
  public func callAsFunction(_ logits: Tensor, using pass: inout Pass) -> Tensor {
    let size = logits.shape[1]
    let isAllowed = NDArray(
      (0..<size).map { $0 == SpecialToken.padding ? 0 : 1 }, shape: [1, size])
    var scores = logits
    if case .sampled(let temperature) = self {
      // The greatest of logits with Gumbel noise is a sample of their softmax.
      let noise = pass.uniform(logits.shape).log()
      scores = logits * Tensor(Float(1 / temperature)) - (noise * -1).log()
    }
    return Tensor.where(
      Tensor(isAllowed).expanded(to: scores.shape), scores, Tensor(-Float.infinity)
    )
    .argMax(axis: 1)
  }
}
