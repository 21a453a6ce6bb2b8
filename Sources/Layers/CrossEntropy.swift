public import Tensors

extension Tensor {
  /// `-log p(label)`, where `p` is the softmax of the logits along the last axis; PyTorch's `cross_entropy` without reduction.
  ///
  /// A run throws `TensorError.indexOutOfRange` where a label is no whole number below `C`, unless it
  /// is `ignoredIndex`.
  ///
  /// - Parameters:
  ///   - logits: `[..., C]`
  ///   - labels: `[...]`, whole numbers from 0 to below `C`.
  ///   - labelSmoothing: probability that the target spreads over all classes (Szegedy et al. 2016,
  ///     https://arxiv.org/abs/1512.00567), in `[0, 1]`.
  ///   - ignoredIndex: a label, such as a padding's, that has the loss 0 and no gradient.
  /// - Returns: `[...]`, in nats.
  /// - Precondition: `labelSmoothing` is in `[0, 1]`.
  public static func crossEntropy(
    logits: Tensor, labels: Tensor, labelSmoothing: Double = 0, ignoredIndex: Int? = nil
  ) -> Tensor {
    precondition(
      (0...1).contains(labelSmoothing), "label smoothing lies in 0...1, got \(labelSmoothing)")
    guard logits.shape.rank > 0, logits.shape.rank != 2 else {
      return .softmaxCrossEntropy(
        logits: logits, labels: labels, labelSmoothing: labelSmoothing, ignoredIndex: ignoredIndex)
    }
    let losses = Tensor.softmaxCrossEntropy(
      logits: logits.reshaped(to: [
        logits.shape.dimensions.dropLast().reduce(1, *), logits.shape[-1],
      ]),
      labels: labels.reshaped(to: [labels.shape.count]), labelSmoothing: labelSmoothing,
      ignoredIndex: ignoredIndex)
    return losses.reshaped(to: labels.shape)
  }

  /// The mean of ``crossEntropy(logits:labels:labelSmoothing:ignoredIndex:)`` over the labels that are not ignored.
  ///
  /// Where there is none it is 0; PyTorch gives NaN.
  ///
  /// - Parameters: as above.
  /// - Returns: `[]`, in nats per label.
  public static func meanCrossEntropy(
    logits: Tensor, labels: Tensor, labelSmoothing: Double = 0, ignoredIndex: Int? = nil
  ) -> Tensor {
    let losses = crossEntropy(
      logits: logits, labels: labels, labelSmoothing: labelSmoothing, ignoredIndex: ignoredIndex)
    guard let ignoredIndex else { return losses.mean() }
    let isCounted = labels.notEqual(to: Tensor(Float(ignoredIndex)))
    return losses.sum() / Tensor.maximum(isCounted.sum(), 1)
  }
}
