extension Model {
  /// Most codes that probes are fitted and judged on; of more, as many are drawn by the seed.
  static let mostProbed = 20_000

  /// Measures how well linear classifiers tell the classes of labelled data from their codes.
  ///
  /// - Parameters:
  ///   - dataset: the examples to judge on.
  ///   - reference: examples to fit on, such as the training part; without it `dataset` is cross-validated.
  ///   - folds: number of folds, at least 2; not looked at with a reference.
  ///   - controls: whether to measure the mean of the model's own word vectors and TF-IDF too.
  ///   - seed: decides which examples are drawn where there are too many.
  ///   - engine: where it is computed.
  /// - Returns: `nil` where there are no labels, or too few to fit on some and judge on others.
  /// - Throws: as ``encode(_:labels:)``.
  public func probe(
    on dataset: Dataset, reference: Dataset? = nil, folds: Int = 5, controls: Bool = false,
    seed: UInt64, engine: Engine = .shared
  ) throws -> ProbeReport? {
    let most = Self.mostProbed
    let test = try EncodedExamples(dataset, atMost: most, seed: seed, by: self)
    let known = try reference.flatMap {
      try EncodedExamples($0, atMost: most, seed: seed, by: self)
    }
    guard let test, reference == nil || known != nil else { return nil }
    return try probe(
      of: test, reference: known, folds: folds, controls: controls, seed: seed,
      engine: engine)
  }

  func probe(
    of test: EncodedExamples, reference: EncodedExamples?, folds: Int, controls: Bool,
    seed: UInt64, engine: Engine
  ) throws -> ProbeReport? {
    let parts = [reference, test].compactMap { $0?.drawn(Self.mostProbed, seed: seed) }
    let labels = parts.flatMap(\.labels)
    let splits =
      reference == nil
      ? ProbeSplit.folds(folds, of: labels)
      : [
        ProbeSplit(
          train: Array(0..<parts[0].labels.count),
          test: Array(parts[0].labels.count..<labels.count))
      ]
    guard !splits.isEmpty else { return nil }
    let classCount = parts.map(\.dataset.labelNames.count).max() ?? 0
    func accuracies(
      _ features: (ProbeSplit) throws -> (train: ProbeFeatures, test: ProbeFeatures)
    ) throws -> [Double] {
      try LinearProbe.accuracies(
        over: splits, labels: labels, classCount: classCount, on: engine, features: features)
    }
    let codes = ProbeFeatures.codes(NDArray.joined(parts.map(\.codes)))
    let found = try accuracies { (codes.rows($0.train), codes.rows($0.test)) }
    var others: [String: Double] = [:]
    for control in controls ? ProbeControl.allCases : [] {
      guard let features = try control.features(of: parts, for: family) else { continue }
      others[control.rawValue] = try accuracies(features).mean
    }
    return ProbeReport(
      method: reference == nil ? .crossValidation : .trainToTest, folds: splits.count,
      count: splits.reduce(0) { $0 + $1.test.count },
      trainingCount: splits.map(\.train.count).min() ?? 0, accuracy: found.mean,
      deviation: found.deviation, controls: others)
  }
}

extension NDArray {
  /// Matrices of equally many columns below each other.
  static func joined(_ parts: [NDArray]) -> NDArray {
    NDArray(
      parts.flatMap(\.scalars),
      shape: [parts.reduce(0) { $0 + $1.shape[0] }, parts.first?.shape[1] ?? 0])
  }
}

extension [Double] {
  /// The arithmetic mean; 0 of none.
  fileprivate var mean: Double { isEmpty ? 0 : reduce(0, +) / Double(count) }

  /// The standard deviation, `√(Σ (x − mean)² / (n − 1))`; 0 of fewer than two.
  fileprivate var deviation: Double {
    guard count > 1 else { return 0 }
    let mean = mean
    return (reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)).squareRoot()
  }
}
