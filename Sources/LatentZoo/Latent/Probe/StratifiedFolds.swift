/// Examples dealt into folds of equal size, each with its share of every class.
///
/// The examples of a class go to the folds in their order, the first to the first fold: the same folds as
/// scikit-learn's `StratifiedKFold` has in expectation, without chance.
public struct StratifiedFolds: Hashable, Sendable {
  /// Number of folds.
  public let count: Int
  /// The fold of each example, in `0..<count`.
  public let assignment: [Int]

  /// Deals examples.
  ///
  /// - Parameter labels: the class of each.
  /// - Precondition: `count` is at least 2.
  public init(_ count: Int, of labels: [Int]) {
    precondition(count >= 2, "examples are dealt into at least two folds, got \(count)")
    self.count = count
    var sizes: [Int: Int] = [:]
    for label in labels { sizes[label, default: 0] += 1 }
    var seen: [Int: Int] = [:]
    assignment = labels.map { label in
      let place = seen[label, default: 0]
      seen[label] = place + 1
      return place * count / (sizes[label] ?? 1)
    }
  }

  /// The examples outside a fold and those inside, each in ascending order.
  public func split(_ fold: Int) -> (train: [Int], test: [Int]) {
    (
      assignment.indices.filter { assignment[$0] != fold },
      assignment.indices.filter { assignment[$0] == fold }
    )
  }
}
