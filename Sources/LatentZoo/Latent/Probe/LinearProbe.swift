/// A linear classifier on frozen codes: multinomial logistic regression, `softmax(W · x + b)`.
///
/// It minimises `Σ -log p(label) + strength / 2 · ‖W‖²`, with codes standardised by the training rows. The strength is
/// chosen on a fifth of the training rows, then the classifier is fitted anew on all of them. Nothing is left
/// to chance: the same codes give the same probe.
public struct LinearProbe: Sendable {
  /// The strength of the penalty on the weights that was chosen.
  public let strength: Double
  /// Number of classes.
  public let classCount: Int
  /// Weights `[C, D]`, then biases `[C]`, in standard units.
  let parameters: [Double]
  private let standardization: Standardization?

  /// The strengths to choose from, strongest first.
  public static let strengths = [1e4, 1e3, 1e2, 1e1, 1, 1e-1, 1e-2]
  /// Parts the training rows are divided into to choose the strength; one of them is held back.
  private static let partCount = 5
  /// So many strengths in a row with a loss end the search.
  private static let patience = 2

  /// Fits a classifier.
  ///
  /// - Parameters:
  ///   - features: a row for each example, at least one.
  ///   - labels: the class of each, below `classCount`.
  ///   - classCount: number of classes.
  ///   - strengths: to choose from, strongest first; with a single one nothing is held back.
  ///   - engine: where it is computed.
  /// - Precondition: there are as many labels as rows, and at least one strength.
  /// - Throws: a `TensorError`.
  public init(
    fitting features: ProbeFeatures, labels: [Int], classCount: Int,
    strengths: [Double] = Self.strengths, on engine: Engine = .shared
  ) throws {
    precondition(
      features.count == labels.count && !labels.isEmpty && !strengths.isEmpty,
      "\(features.count) rows, \(labels.count) labels, \(strengths.count) strengths")
    var chosen = strengths[0]
    if strengths.count > 1, labels.count >= Self.partCount {
      let split = ProbeSplit.folds(Self.partCount, of: labels)[Self.partCount - 1]
      chosen = try Self.best(of: strengths, features, labels, classCount, split, engine)
    }
    var last: LinearProbe?
    try Self.path(features, labels, classCount, [chosen], engine) { probe in
      last = probe
      return true
    }
    guard let last else { preconditionFailure("no strength was tried") }
    self = last
  }

  private init(
    _ parameters: [Double], _ strength: Double, _ classCount: Int, _ scaling: Standardization?
  ) {
    (self.parameters, self.strength, self.classCount) = (parameters, strength, classCount)
    standardization = scaling
  }

  /// The strength with the greatest accuracy on rows held back; of equally good ones the strongest.
  private static func best(
    of strengths: [Double], _ features: ProbeFeatures, _ labels: [Int], _ classCount: Int,
    _ split: ProbeSplit, _ engine: Engine
  ) throws -> Double {
    let (rows, expected) = (features.rows(split.test), split.test.map { labels[$0] })
    var best = (strength: strengths[0], accuracy: -1.0)
    var failures = 0
    try path(
      features.rows(split.train), split.train.map { labels[$0] }, classCount, strengths, engine
    ) { probe in
      let accuracy = try probe.accuracy(on: rows, labels: expected, on: engine)
      // Penalties that leave nothing but the commonest class are all equally good, and no reason to stop.
      failures = accuracy < best.accuracy ? failures + 1 : 0
      if accuracy > best.accuracy { best = (probe.strength, accuracy) }
      return failures < patience
    }
    return best.strength
  }

  /// Fits a probe for each strength, each from the one before, for as long as `report` wants more.
  private static func path(
    _ features: ProbeFeatures, _ labels: [Int], _ classCount: Int, _ strengths: [Double],
    _ engine: Engine, _ report: (LinearProbe) throws -> Bool
  ) throws {
    let loss: any SoftmaxLoss
    var scaling: Standardization?
    switch features {
    case .codes(let codes):
      let fitted = Standardization(of: codes)
      scaling = fitted
      loss = try DenseSoftmaxLoss(
        fitted.applied(to: codes), labels: labels, classCount: classCount, on: engine)
    case .sparse(let rows):
      loss = SparseSoftmaxLoss(rows, labels: labels, classCount: classCount)
    }
    let weightCount = classCount * features.size
    var parameters = [Double](repeating: 0, count: weightCount + classCount)
    for strength in strengths {
      let factor = strength / Double(labels.count)
      parameters = try LBFGS().minimum(
        of: { point in
          var (value, gradient) = try loss(point)
          for index in 0..<weightCount {
            value += factor / 2 * point[index] * point[index]
            gradient[index] += factor * point[index]
          }
          return (value, gradient)
        }, from: parameters)
      guard try report(LinearProbe(parameters, strength, classCount, scaling)) else { break }
    }
  }
}

extension LinearProbe {
  /// The most probable class of each row; of equally probable ones the first.
  ///
  /// - Throws: a `TensorError`.
  public func classes(of features: ProbeFeatures, on engine: Engine = .shared) throws -> [Int] {
    switch features {
    case .sparse(let rows):
      return (0..<rows.count).map {
        Self.greatest(rows.logits($0, parameters, classCount: classCount))
      }
    case .codes(let codes):
      let scaled = standardization?.applied(to: codes) ?? codes
      let split = classCount * codes.shape[1]
      let weights = NDArray(
        parameters[..<split].map { Float($0) }, shape: [classCount, codes.shape[1]])
      let biases = NDArray(parameters[split...].map { Float($0) }, shape: [classCount])
      let logits = try Tensor.product(
        Tensor(scaled), Tensor(weights), transposingSecond: true, bias: Tensor(biases)
      ).evaluated(on: engine)
      return (0..<codes.shape[0]).map { row in
        Self.greatest(logits.scalars[row * classCount..<(row + 1) * classCount].map { Double($0) })
      }
    }
  }

  /// `(rows whose class is right) / (rows)`, in `[0, 1]`.
  ///
  /// - Throws: a `TensorError`.
  public func accuracy(
    on features: ProbeFeatures, labels: [Int], on engine: Engine = .shared
  ) throws -> Double {
    let found = try classes(of: features, on: engine)
    return Double(zip(found, labels).count { $0 == $1 }) / Double(max(labels.count, 1))
  }

  private static func greatest(_ logits: [Double]) -> Int {
    logits.indices.reduce(0) { logits[$1] > logits[$0] ? $1 : $0 }
  }
}

extension LinearProbe {
  /// The accuracy on the test examples of each split of a probe fitted on its training examples.
  ///
  /// - Parameters:
  ///   - splits: which examples to fit on, and which to judge on.
  ///   - labels: the class of each example.
  ///   - classCount: number of classes.
  ///   - engine: where it is computed.
  ///   - features: the rows of training and of test examples, given their indices.
  /// - Throws: a `TensorError`, or what `features` throws.
  public static func accuracies(
    over splits: [ProbeSplit], labels: [Int], classCount: Int, on engine: Engine = .shared,
    features: (ProbeSplit) throws -> (train: ProbeFeatures, test: ProbeFeatures)
  ) throws -> [Double] {
    try splits.map { split in
      let rows = try features(split)
      let probe = try LinearProbe(
        fitting: rows.train, labels: split.train.map { labels[$0] }, classCount: classCount,
        on: engine)
      return try probe.accuracy(on: rows.test, labels: split.test.map { labels[$0] }, on: engine)
    }
  }
}
