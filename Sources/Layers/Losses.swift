public import Tensors

/// How far a reconstruction is from its original; every loss is summed over an example's elements.
public enum ReconstructionLoss: String, Choice {
  /// `Σ (x - y)²`, where `y` is the prediction itself.
  case squaredError
  /// `-Σ x · log p + (1 - x) · log (1 - p)`, where `p = sigmoid(y)`; for data in `[0, 1]`.
  case binaryCrossEntropy

  /// The loss of each example.
  ///
  /// - Parameters:
  ///   - prediction: `[B, ...]`; logits for ``binaryCrossEntropy``.
  ///   - target: `[B, ...]`, of the same shape.
  /// - Returns: `[B]`; nats for ``binaryCrossEntropy``.
  public func callAsFunction(of prediction: Tensor, target: Tensor) -> Tensor {
    switch self {
    case .squaredError:
      (prediction - target).squared().summedPerExample()
    case .binaryCrossEntropy:
      // -x·log sigmoid(y) - (1 - x)·log sigmoid(-y) = softplus(y) - x·y, exact for large |y| too.
      (prediction.softplus() - prediction * target).summedPerExample()
    }
  }
}
