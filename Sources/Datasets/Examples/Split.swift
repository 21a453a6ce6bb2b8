import Tensors

/// Which examples are trained on and which are held back, as indices in ascending order.
public struct Split: Hashable, Sendable {
  /// Indices of the examples to train on.
  public let train: [Int]
  /// Indices of the examples held back for validation.
  public let validation: [Int]

  /// Draws a split: the same count, fraction and seed give the same split on every machine.
  ///
  /// A positive fraction holds back at least one example, and at least one is always left to train on.
  ///
  /// - Parameters:
  ///   - count: number of examples.
  ///   - validationFraction: share to hold back, in `[0, 1)`, rounded to whole examples.
  ///   - seed: decides which examples are held back.
  /// - Throws: ``DatasetError/validationFraction(_:)`` outside that range, and
  ///   ``DatasetError/tooFewToSplit(count:)`` where nothing would be left to train on.
  public static func make(
    count: Int, validationFraction: Double, seed: UInt64
  ) throws(DatasetError) -> Split {
    precondition(count >= 0, "a negative number of examples, \(count)")
    guard validationFraction >= 0, validationFraction < 1 else {
      throw .validationFraction(validationFraction)
    }
    guard validationFraction > 0 else {
      return Split(train: Array(0..<count), validation: [])
    }
    guard count >= 2 else { throw .tooFewToSplit(count: count) }
    let wanted = Int((Double(count) * validationFraction).rounded())
    let heldBack = min(max(wanted, 1), count - 1)
    var random = RandomSource(seed: seed).forked("split")
    let order = random.permutation(count)
    return Split(
      train: order[heldBack...].sorted(), validation: order[..<heldBack].sorted())
  }
}
