public import Tensors

/// What stands in sequences of tokens beside words.
public enum SpecialToken {
  /// Fills the rest of a sequence that is shorter than others.
  public static let padding = 0
  /// Ends every sequence, and is the first input of a decoder.
  public static let end = 1
  /// Stands for every token that the vocabulary lacks.
  public static let unknown = 2
}

extension Tensor {
  /// Number of tokens of sequences that are padded with 0 at the end: `[B, T]` to `[B]`.
  public func tokenCounts() -> Tensor { notEqual(to: 0).sum(axes: [1]) }

  /// 1 for steps that count and 0 for later ones, `[B, stepCount, 1]`.
  ///
  /// - Parameters:
  ///   - lengths: how many steps of each sequence count, `[B]`.
  ///   - stepCount: `T`
  public static func stepMask(lengths: Tensor, stepCount: Int) -> Tensor {
    let batch = lengths.shape[0]
    let numbers = Tensor(NDArray((0..<stepCount).map { Float($0) }, shape: [1, stepCount]))
    return (lengths.reshaped(to: [batch, 1]) > numbers).reshaped(to: [batch, stepCount, 1])
  }

  /// What a decoder reads that is told the truth: each step moved on by one, the last left out.
  ///
  /// - Parameter first: fills the first step.
  /// - Returns: the tensor's shape, `[B, T, ...]`.
  public func shiftedByOneStep(first: Float) -> Tensor {
    let start = Tensor(first).expanded(
      to: Shape([shape[0], 1] + shape.dimensions.dropFirst(2)))
    guard shape[1] > 1 else { return start }
    return .concatenated([start, slice(axis: 1, to: shape[1] - 1)], axis: 1)
  }

  /// Share of the tokens that another writing gets wrong, padding left out, `[]`.
  ///
  /// - Parameter truth: the tokens as they should be, of the same shape `[B, T]`.
  public func tokenError(against truth: Tensor) -> Tensor {
    let counts = truth.notEqual(to: 0)
    return (counts * notEqual(to: truth)).sum() / Tensor.maximum(counts.sum(), 1)
  }
}
