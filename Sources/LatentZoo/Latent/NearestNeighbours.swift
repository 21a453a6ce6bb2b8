/// Classification by the nearest codes with known labels.
public struct NearestNeighbours {
  /// How many neighbours vote.
  public let neighbours: Int
  private let labels: [Int]
  private let search: NearestRows

  /// Remembers codes with labels.
  ///
  /// - Parameters:
  ///   - codes: `[M, D]`.
  ///   - labels: the class of each, `M` of them.
  ///   - neighbours: how many vote; with fewer codes, all do.
  ///   - engine: where it is computed.
  /// - Precondition: there is at least one code, and as many labels; `neighbours` is positive.
  public init(
    codes: NDArray, labels: [Int], neighbours: Int = 5, on engine: Engine = .shared
  ) {
    precondition(
      codes.shape.rank == 2 && codes.shape[0] >= 1 && codes.shape[0] == labels.count,
      "codes of shape \(codes.shape) with \(labels.count) labels")
    precondition(neighbours >= 1, "at least one neighbour votes, got \(neighbours)")
    self.neighbours = neighbours
    self.labels = labels
    search = NearestRows(among: codes, on: engine)
  }

  /// The class of each code by majority among its nearest neighbours in Euclidean distance.
  ///
  /// Where classes have equally many votes, the one with the nearest neighbour wins; of equally near
  /// codes the one that was given first is the nearer.
  ///
  /// - Parameters:
  ///   - codes: `[N, D]`.
  ///   - excluded: for each of them the index of a remembered code that has no vote: itself, in
  ///     leave-one-out.
  /// - Returns: `N` classes.
  /// - Throws: a `TensorError`.
  public func classes(of codes: NDArray, excluding excluded: [Int]? = nil) throws -> [Int] {
    var classes = [Int](repeating: 0, count: codes.shape[0])
    try search.nearest(neighbours, to: codes, excluding: excluded) { query, nearest in
      classes[query] = winner(nearest.map { labels[$0] })
    }
    return classes
  }

  /// `(codes whose class is right) / (codes)`, in `[0, 1]`.
  ///
  /// - Parameters:
  ///   - codes: `[N, D]`, `N` at least 1.
  ///   - expected: their true classes.
  ///   - excluded: as in ``classes(of:excluding:)``.
  /// - Throws: a `TensorError`.
  public func accuracy(
    on codes: NDArray, labels expected: [Int], excluding excluded: [Int]? = nil
  ) throws -> Double {
    let found = try classes(of: codes, excluding: excluded)
    return Double(zip(found, expected).count { $0 == $1 }) / Double(expected.count)
  }

  /// The most frequent class; of equally frequent ones the first.
  private func winner(_ votes: [Int]) -> Int {
    var best = votes.first ?? labels[0]
    var most = 0
    for vote in votes {
      let count = votes.count { $0 == vote }
      if count > most { (best, most) = (vote, count) }
    }
    return best
  }
}
