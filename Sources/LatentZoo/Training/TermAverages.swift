/// Running means of named numbers, weighted by how many examples each stands for.
public struct TermAverages: Codable, Hashable, Sendable {
  /// What is averaged.
  public let names: [String]
  private var sums: [Double]
  private var weights: [Double]

  init(_ names: [String]) {
    self.names = names
    sums = Array(repeating: 0, count: names.count)
    weights = sums
  }

  mutating func add(_ value: Float, at index: Int, weight: Int) {
    sums[index] += Double(value) * Double(weight)
    weights[index] += Double(weight)
  }

  /// The means; names that were never added are left out.
  public var means: [(name: String, value: Double)] {
    names.indices.filter { weights[$0] > 0 }.map { (names[$0], sums[$0] / weights[$0]) }
  }

  /// Whether there is a sum and a weight for each name.
  var isConsistent: Bool { sums.count == names.count && weights.count == names.count }

  var dictionary: [String: Double] {
    Dictionary(means.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }
}

/// Names of an objective's loss and terms in reports: plain for a single objective, prefixed otherwise.
func reportNames(of objective: String, terms: [String], isOnly: Bool) -> [String] {
  [objective] + terms.map { isOnly ? $0 : "\(objective).\($0)" }
}
