/// Which examples a probe is fitted on and which it is judged on, as indices in ascending order.
public struct ProbeSplit: Hashable, Sendable {
  /// Examples to fit on.
  public let train: [Int]
  /// Examples to judge on.
  public let test: [Int]

  /// Names the examples.
  public init(train: [Int], test: [Int]) {
    self.train = train
    self.test = test
  }

  /// Splits for cross-validation: each example is judged once.
  ///
  /// The examples of a class go to the folds in their order, the first to the first fold, so that every fold has its
  /// share of each class, and nothing is left to chance.
  ///
  /// - Parameters:
  ///   - count: number of folds.
  ///   - labels: the class of each example.
  /// - Precondition: `count` is at least 2.
  public static func folds(_ count: Int, of labels: [Int]) -> [ProbeSplit] {
    precondition(count >= 2, "examples are dealt into at least two folds, got \(count)")
    var sizes: [Int: Int] = [:]
    for label in labels { sizes[label, default: 0] += 1 }
    var seen: [Int: Int] = [:]
    let folds = labels.map { label in
      let place = seen[label, default: 0]
      seen[label] = place + 1
      return place * count / (sizes[label] ?? 1)
    }
    return (0..<count).map { fold in
      ProbeSplit(
        train: folds.indices.filter { folds[$0] != fold },
        test: folds.indices.filter { folds[$0] == fold })
    }.filter { !$0.train.isEmpty && !$0.test.isEmpty }
  }
}
