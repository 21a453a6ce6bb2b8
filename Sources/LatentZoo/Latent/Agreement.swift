import Foundation

/// How well a grouping into clusters agrees with known classes.
///
/// With `n(c, k)` examples of class `c` in cluster `k`, `a(c)` in the class, `b(k)` in the cluster and
/// `n` in all. None of the measures depends on how clusters or classes are numbered.
public struct Agreement: Hashable, Sendable {
  /// `n(c, k)`, a row for each class that occurs.
  private let table: [[Int]]
  private let classSizes: [Int]
  private let clusterSizes: [Int]
  private let count: Int

  /// Counts how often each class meets each cluster.
  ///
  /// - Precondition: there are as many labels as clusters, at least one.
  public init(of clusters: [Int], with labels: [Int]) {
    precondition(
      clusters.count == labels.count && !labels.isEmpty,
      "\(clusters.count) examples in clusters, \(labels.count) in classes")
    let classes = Self.numbering(of: labels)
    let groups = Self.numbering(of: clusters)
    var table = [[Int]](
      repeating: [Int](repeating: 0, count: groups.count), count: classes.count)
    for (cluster, label) in zip(clusters, labels) {
      guard let row = classes[label], let column = groups[cluster] else { continue }
      table[row][column] += 1
    }
    self.table = table
    classSizes = table.map { $0.reduce(0, +) }
    clusterSizes = table[0].indices.map { column in table.reduce(0) { $0 + $1[column] } }
    count = labels.count
  }

  private static func numbering(of values: [Int]) -> [Int: Int] {
    Dictionary(
      Set(values).sorted().enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The share of examples in the commonest class of their cluster, `Σₖ max_c n(c, k) / n`, in
  /// `(0, 1]`; 1 where no cluster mixes classes.
  public var purity: Double {
    let sum = clusterSizes.indices.reduce(0) { sum, cluster in
      sum + (table.map { $0[cluster] }.max() ?? 0)
    }
    return Double(sum) / Double(count)
  }

  /// The share of examples whose cluster stands for their class, where each cluster stands for one class
  /// and each class has one cluster at most: `max_π Σ_c n(c, π(c)) / n`, in `(0, 1]`.
  ///
  /// The best such matching is found by the Hungarian method (Kuhn 1955).
  public var matchedAccuracy: Double {
    let matching = Matching.best(for: table)
    let sum = matching.enumerated().reduce(0) { sum, pair in
      sum + (pair.element.map { table[pair.offset][$0] } ?? 0)
    }
    return Double(sum) / Double(count)
  }

  /// `2 I(class; cluster) / (H(class) + H(cluster))`, in `[0, 1]`: 1 for the same grouping, 0 for
  /// independent ones.
  public var normalizedMutualInformation: Double {
    let n = Double(count)
    let entropies = Self.entropy(classSizes, n) + Self.entropy(clusterSizes, n)
    guard entropies > 0 else { return 1 }
    var information = 0.0
    for row in table.indices {
      for column in clusterSizes.indices where table[row][column] > 0 {
        let both = Double(table[row][column])
        information +=
          both / n * log(both * n / (Double(classSizes[row]) * Double(clusterSizes[column])))
      }
    }
    return min(max(2 * information / entropies, 0), 1)
  }

  /// The Rand index corrected for chance (Hubert and Arabie 1985), with pairs `p(m) = m (m − 1) / 2`:
  /// `(Σ p(n(c, k)) − e) / ((Σ p(a) + Σ p(b)) / 2 − e)` where `e = Σ p(a) · Σ p(b) / p(n)`.
  ///
  /// At most 1, for the same grouping; 0 is what chance gives on average, and at least −0.5.
  public var adjustedRandIndex: Double {
    let together = Self.pairs(table.flatMap(\.self))
    let (ofClasses, ofClusters) = (Self.pairs(classSizes), Self.pairs(clusterSizes))
    let all = Self.pairs([count])
    guard all > 0 else { return 1 }
    let expected = ofClasses * ofClusters / all
    let greatest = (ofClasses + ofClusters) / 2
    guard greatest != expected else { return 1 }
    return (together - expected) / (greatest - expected)
  }

  private static func entropy(_ sizes: [Int], _ n: Double) -> Double {
    sizes.reduce(0) { sum, size in
      size > 0 ? sum - Double(size) / n * log(Double(size) / n) : sum
    }
  }

  private static func pairs(_ sizes: [Int]) -> Double {
    sizes.reduce(0) { $0 + Double($1) * Double($1 - 1) / 2 }
  }
}
