/// Groups of codes around centres: Lloyd's algorithm from k-means++ seeds (Arthur and Vassilvitskii
/// 2007, https://dl.acm.org/doi/10.5555/1283383.1283494), the best of several attempts.
public struct KMeans: Hashable, Sendable {
  /// `[k, D]`
  public private(set) var centres: NDArray
  /// The cluster of each code, in `0..<k`.
  public private(set) var clusters: [Int]
  /// Sum over codes of the squared distance to their centre, `Σ ‖x − c(x)‖²`.
  public private(set) var inertia: Double
  /// Rounds of the attempt that was kept.
  public private(set) var iterations: Int

  /// Groups codes.
  ///
  /// - Parameters:
  ///   - codes: `[N, D]`, `N` at least 1.
  ///   - count: the number of clusters `k`; at most `N` are made.
  ///   - seed: decides the seeds.
  ///   - attempts: how often to start anew; the attempt with the least inertia is kept.
  ///   - limit: rounds of an attempt at most; it ends earlier where nothing changes.
  ///   - engine: where it is computed.
  /// - Precondition: `codes` has rows; the other numbers are positive.
  /// - Throws: a `TensorError`.
  public init(
    of codes: NDArray, into count: Int, seed: UInt64, attempts: Int = 3, limit: Int = 50,
    on engine: Engine = .shared
  ) throws {
    precondition(
      codes.shape.rank == 2 && codes.shape[0] >= 1, "codes to group of shape \(codes.shape)")
    precondition(
      count >= 1 && attempts >= 1 && limit >= 1,
      "\(count) clusters, \(attempts) attempts, \(limit) rounds")
    var random = RandomSource(seed: seed).forked("k-means")
    self = try Self(codes, min(count, codes.shape[0]), limit, &random, engine)
    for _ in 1..<attempts {
      let other = try Self(codes, centres.shape[0], limit, &random, engine)
      if other.inertia < inertia { self = other }
    }
  }

  /// One attempt.
  private init(
    _ codes: NDArray, _ count: Int, _ limit: Int, _ random: inout RandomSource, _ engine: Engine
  ) throws {
    centres = Self.seeds(codes, count, &random)
    clusters = []
    inertia = .infinity
    iterations = 0
    while iterations < limit {
      iterations += 1
      let search = NearestRows(among: centres, on: engine)
      var assigned = [Int](repeating: 0, count: codes.shape[0])
      try search.nearest(1, to: codes) { assigned[$0] = $1[0] }
      let isSettled = assigned == clusters
      clusters = assigned
      if isSettled { break }
      moveCentres(codes)
    }
    inertia = Self.distances(codes, to: centres, clusters).reduce(0, +)
  }

  /// Draws codes as centres, each with a probability in proportion to its squared distance to the
  /// nearest of those before it.
  private static func seeds(
    _ codes: NDArray, _ count: Int, _ random: inout RandomSource
  ) -> NDArray {
    let total = codes.shape[0]
    var chosen: [Int] = []
    var nearest = [Double](repeating: 1, count: total)
    while chosen.count < count {
      let next = draw(nearest, &random)
      let centre = codes.rows(next..<next + 1)
      let distances = distances(codes, to: centre, [Int](repeating: 0, count: total))
      nearest = chosen.isEmpty ? distances : zip(nearest, distances).map { min($0, $1) }
      chosen.append(next)
    }
    return NDArray(
      chosen.flatMap { codes.rows($0..<$0 + 1).scalars }, shape: [count, codes.shape[1]])
  }

  /// An index drawn in proportion to its weight; any where all weights are 0.
  private static func draw(_ weights: [Double], _ random: inout RandomSource) -> Int {
    let sum = weights.reduce(0, +)
    let unit = Double(random.next() >> 11) * 0x1p-53
    guard sum > 0 else { return min(Int(unit * Double(weights.count)), weights.count - 1) }
    var left = unit * sum
    var last = 0
    for (index, weight) in weights.enumerated() where weight > 0 {
      last = index
      left -= weight
      if left < 0 { break }
    }
    return last
  }

  /// Puts each centre in the mean of its codes; a centre without codes goes to the code that is
  /// farthest from its own.
  private mutating func moveCentres(_ codes: NDArray) {
    let (count, size) = (centres.shape[0], centres.shape[1])
    var sums = [Double](repeating: 0, count: count * size)
    var counts = [Int](repeating: 0, count: count)
    for (row, cluster) in clusters.enumerated() {
      counts[cluster] += 1
      for column in 0..<size {
        sums[cluster * size + column] += Double(codes.scalars[row * size + column])
      }
    }
    var distances = counts.contains(0) ? Self.distances(codes, to: centres, clusters) : []
    for cluster in 0..<count {
      var source = (0..<size).map { Float(sums[cluster * size + $0] / Double(counts[cluster])) }
      if counts[cluster] == 0,
        let farthest = distances.indices.max(by: { distances[$0] < distances[$1] })
      {
        distances[farthest] = 0
        source = codes.rows(farthest..<farthest + 1).scalars
      }
      centres.scalars.replaceSubrange(cluster * size..<(cluster + 1) * size, with: source)
    }
  }

  /// The squared distance of each code to its cluster's centre.
  private static func distances(
    _ codes: NDArray, to centres: NDArray, _ clusters: [Int]
  ) -> [Double] {
    let size = codes.shape[1]
    return codes.scalars.withUnsafeBufferPointer { codes in
      centres.scalars.withUnsafeBufferPointer { centres in
        clusters.indices.map { row in
          var sum = 0.0
          for column in 0..<size {
            let difference =
              Double(codes[row * size + column]) - Double(centres[clusters[row] * size + column])
            sum += difference * difference
          }
          return sum
        }
      }
    }
  }
}
