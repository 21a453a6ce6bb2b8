/// How the tensors of a file fit the weights of a model.
public struct ImportReport: Codable, Hashable, Sendable {
  /// A tensor whose shape is not the weight's.
  public struct Misshapen: Codable, Hashable, Sendable {
    /// Path of the weight.
    public let weight: String
    /// Shape the model has.
    public let expected: [Int]
    /// Shape the file has.
    public let found: [Int]

    /// Whether the axes would fit in the opposite order.
    public var isTransposed: Bool { expected.count > 1 && expected == found.reversed() }
  }

  /// Number of weights that fit.
  public var matchedCount = 0
  /// Weights that the file lacks.
  public var missing: [String] = []
  /// Names in the file that are no weights of the model.
  public var unexpected: [String] = []
  /// Weights of another shape.
  public var misshapen: [Misshapen] = []
  /// Names in the file that no model needs, such as PyTorch's counts of batches.
  public var ignored: [String] = []

  /// Whether every weight is there, and nothing else.
  public var isComplete: Bool { missing.isEmpty && unexpected.isEmpty && misshapen.isEmpty }

  /// A renaming that would make more names fit, such as `module=`: a beginning that wrappers put before all names.
  public var suggestedRenaming: String? {
    let wanted = Set(missing)
    var counts: [String: Int] = [:]
    for name in unexpected {
      let parts = WeightRenaming.parts(of: name[...])
      for length in parts.indices.dropFirst()
      where wanted.contains(parts[length...].joined(separator: "/")) {
        counts[parts[..<length].joined(separator: "."), default: 0] += 1
      }
    }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }.map { "\($0.key)=" }
  }

  /// Compares names and shapes.
  init(
    shapes: [String: [Int]], weights: [String: [Int]], paths: [String: String]
  ) {
    var rest = weights
    for name in shapes.keys.sorted() {
      if name.hasSuffix("num_batches_tracked") {
        ignored.append(name)
      } else if let path = paths[name], let expected = rest.removeValue(forKey: path) {
        let found = shapes[name] ?? []
        if found == expected {
          matchedCount += 1
        } else {
          misshapen.append(Misshapen(weight: path, expected: expected, found: found))
        }
      } else {
        unexpected.append(name)
      }
    }
    missing = rest.keys.sorted()
  }
}
