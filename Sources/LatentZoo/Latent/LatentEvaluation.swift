/// How much of known classes can be read off codes.
public struct LatentEvaluation: Codable, Hashable, Sendable {
  /// Classification by nearest codes.
  public struct Classification: Codable, Hashable, Sendable {
    /// How the accuracy was estimated.
    public enum Method: String, Codable, Hashable, Sendable {
      /// Test codes are classified by training codes.
      case trainToTest = "train-to-test"
      /// Each code is classified by all others.
      case leaveOneOut = "leave-one-out"
    }

    /// How the accuracies were estimated.
    public var method: Method
    /// How many neighbours vote.
    public var neighbours: Int
    /// Number of codes that were classified.
    public var count: Int
    /// Number of codes with known labels that they were compared with.
    public var referenceCount: Int
    /// `right / count`, in `[0, 1]`.
    public var accuracy: Double
    /// The same on the examples themselves instead of their codes; `nil` where they are too large.
    public var dataAccuracy: Double?
  }

  /// Clusters found without labels, compared with the classes; see ``Agreement`` for the formulas.
  public struct Clustering: Codable, Hashable, Sendable {
    /// Number of clusters: as many as there are classes among the labels.
    public var clusters: Int
    /// Number of codes that were grouped.
    public var count: Int
    /// ``Agreement/purity``, in `(0, 1]`.
    public var purity: Double
    /// ``Agreement/matchedAccuracy``, in `(0, 1]`.
    public var accuracy: Double
    /// ``Agreement/normalizedMutualInformation``, in `[0, 1]`.
    public var normalizedMutualInformation: Double
    /// ``Agreement/adjustedRandIndex``, at most 1, 0 by chance.
    public var adjustedRandIndex: Double
  }

  /// Classification by nearest codes; `nil` where a single code leaves nothing to compare it with.
  public var classification: Classification?
  /// Classification by a linear classifier; `nil` where there are too few codes to fit one.
  public var probe: ProbeReport?
  /// Clusters of the codes.
  public var clustering: Clustering
  /// Decided which codes were drawn where there were too many, and the seeds of the clusters.
  public var seed: UInt64

  /// Codes that others are compared with, and codes that are grouped, at most; more are drawn from.
  public static let largestCount = 10_000
  /// How many neighbours vote.
  public static let neighbours = 5
}

/// Codes with labels, and the examples they stand for.
struct LabelledCodes {
  /// `[N, D]`
  var codes: NDArray
  /// The class of each.
  var labels: [Int]
  /// The examples as rows, `[N, features]`; `nil` where they are too large to compare.
  var rows: NDArray?
}

extension LatentEvaluation {
  /// Evaluates codes with known labels.
  ///
  /// - Parameters:
  ///   - codes: `[N, D]`, `N` at least 1.
  ///   - labels: the class of each.
  ///   - reference: codes `[M, D]` of training examples with their labels; without them each code is classified by all
  ///     others.
  ///   - seed: see ``seed``.
  ///   - engine: where it is computed.
  /// - Precondition: there are as many labels as codes.
  /// - Throws: a `TensorError`.
  public init(
    codes: NDArray, labels: [Int], reference: (codes: NDArray, labels: [Int])? = nil,
    seed: UInt64, on engine: Engine = .shared
  ) throws {
    try self.init(
      LabelledCodes(codes: codes, labels: labels),
      reference: reference.map { LabelledCodes(codes: $0.codes, labels: $0.labels) }, seed: seed,
      on: engine)
  }

  init(
    _ test: LabelledCodes, reference: LabelledCodes?, seed: UInt64, on engine: Engine
  ) throws {
    let clustered = test.drawn(Self.largestCount, seed: seed)
    clustering = try Self.clustering(clustered, seed, engine)
    self.seed = seed
    if let reference {
      classification = try Self.classification(
        of: test, by: reference.drawn(Self.largestCount, seed: seed), .trainToTest, engine)
    } else if clustered.labels.count > 1 {
      classification = try Self.classification(of: clustered, by: clustered, .leaveOneOut, engine)
    }
  }

  /// All indices below `count`, or `limit` of them drawn by the seed, in ascending order.
  static func drawn(_ limit: Int, of count: Int, seed: UInt64) -> [Int] {
    guard count > limit else { return Array(0..<count) }
    var random = RandomSource(seed: seed).forked("latent evaluation")
    return random.permutation(count).prefix(limit).sorted()
  }

  private static func classification(
    of test: LabelledCodes, by reference: LabelledCodes, _ method: Classification.Method,
    _ engine: Engine
  ) throws -> Classification {
    let excluded = method == .leaveOneOut ? Array(test.labels.indices) : nil
    func accuracy(_ codes: NDArray, by known: NDArray) throws -> Double {
      try NearestNeighbours(
        codes: known, labels: reference.labels, neighbours: neighbours, on: engine
      ).accuracy(on: codes, labels: test.labels, excluding: excluded)
    }
    var result = Classification(
      method: method, neighbours: neighbours, count: test.labels.count,
      referenceCount: reference.labels.count - (excluded == nil ? 0 : 1),
      accuracy: try accuracy(test.codes, by: reference.codes))
    if let rows = test.rows, let known = reference.rows {
      result.dataAccuracy = try accuracy(rows, by: known)
    }
    return result
  }

  private static func clustering(
    _ test: LabelledCodes, _ seed: UInt64, _ engine: Engine
  ) throws -> Clustering {
    let count = Set(test.labels).count
    let groups = try KMeans(of: test.codes, into: count, seed: seed, on: engine)
    let agreement = Agreement(of: groups.clusters, with: test.labels)
    return Clustering(
      clusters: count, count: test.labels.count, purity: agreement.purity,
      accuracy: agreement.matchedAccuracy,
      normalizedMutualInformation: agreement.normalizedMutualInformation,
      adjustedRandIndex: agreement.adjustedRandIndex)
  }
}

extension LabelledCodes {
  /// All, or `limit` of them drawn by the seed, in their order.
  func drawn(_ limit: Int, seed: UInt64) -> LabelledCodes {
    guard labels.count > limit else { return self }
    let chosen = LatentEvaluation.drawn(limit, of: labels.count, seed: seed)
    func rows(_ array: NDArray) -> NDArray {
      NDArray(
        chosen.flatMap { array.rows($0..<$0 + 1).scalars }, shape: [limit, array.shape[1]])
    }
    return LabelledCodes(
      codes: rows(codes), labels: chosen.map { labels[$0] }, rows: self.rows.map(rows))
  }
}
