internal import HDF5

/// How the weights of two models differ.
public struct TensorComparison: Codable, Hashable, Sendable {
  /// A weight that both have in one shape, with other values.
  public struct Difference: Codable, Hashable, Sendable {
    /// Its path.
    public let path: String
    /// Its extents.
    public let shape: [Int]
    /// Greatest absolute difference of two values; NaN where a value is not finite.
    public let maximum: Double
    /// Mean absolute difference.
    public let mean: Double
    /// Norm of the difference divided by the norm of the first, `‖a − b‖ / ‖a‖`; infinite where that is 0.
    public let relative: Double
  }

  /// A weight that both have in different shapes.
  public struct Misfit: Codable, Hashable, Sendable {
    /// Its path.
    public let path: String
    /// Extents in the first model.
    public let first: [Int]
    /// Extents in the second.
    public let second: [Int]
  }

  /// Paths of weights that only the first has.
  public internal(set) var onlyInFirst: [String] = []
  /// Paths of weights that only the second has.
  public internal(set) var onlyInSecond: [String] = []
  /// Weights of different shapes.
  public internal(set) var misshapen: [Misfit] = []
  /// Weights of other values, the relatively largest difference first.
  public internal(set) var different: [Difference] = []
  /// Number of weights that are equal, value by value.
  public internal(set) var equalCount = 0

  /// Whether nothing differs.
  public var isEqual: Bool {
    onlyInFirst.isEmpty && onlyInSecond.isEmpty && misshapen.isEmpty && different.isEmpty
  }
}

extension TensorComparison {
  /// Compares weights one by one: never more than one of the first model is in memory, and a block of the second's.
  init(_ first: [String: PlainDataset], _ second: [String: PlainDataset]) throws {
    onlyInFirst = first.keys.filter { second[$0] == nil }.sorted()
    onlyInSecond = second.keys.filter { first[$0] == nil }.sorted()
    for (path, one) in first.sorted(by: { $0.key < $1.key }) {
      guard let other = second[path] else { continue }
      guard one.shape == other.shape else {
        misshapen.append(Misfit(path: path, first: one.shape, second: other.shape))
        continue
      }
      let sums = try DifferenceSums(one, other)
      if sums.isEqual {
        equalCount += 1
      } else {
        different.append(sums.difference(path, one.shape))
      }
    }
    // What is not a number comes first.
    different.sort { one, other in
      let (first, second) = (one.relative, other.relative)
      if first.isNaN || second.isNaN { return first.isNaN && !second.isNaN }
      return first == second ? one.path < other.path : first > second
    }
  }
}

/// Sums over the values of two tensors of one shape.
private struct DifferenceSums {
  private var maximum = 0.0
  private var absolute = 0.0
  private var squares = 0.0
  private var firstSquares = 0.0
  private var count = 0

  init(_ first: PlainDataset, _ second: PlainDataset) throws {
    let values = try first.read(as: Float.self)
    var sums = DifferenceSums()
    try second.forEachBlock(as: Float.self) { block in
      values.withUnsafeBufferPointer { values in
        sums.add(
          UnsafeBufferPointer(rebasing: values[sums.count..<sums.count + block.count]), block)
      }
    }
    self = sums
  }

  private init() {}

  private mutating func add(
    _ first: UnsafeBufferPointer<Float>, _ second: UnsafeBufferPointer<Float>
  ) {
    count += first.count
    for (one, other) in zip(first, second) {
      firstSquares += Double(one) * Double(one)
      if one.bitPattern == other.bitPattern { continue }
      let distance = abs(Double(one) - Double(other))
      // A comparison with NaN is false, so that NaN would be lost.
      maximum = distance.isNaN || maximum.isNaN ? .nan : max(maximum, distance)
      absolute += distance
      squares += distance * distance
    }
  }

  /// Whether no value differs; zeros of both signs are equal.
  var isEqual: Bool { maximum == 0 }

  func difference(_ path: String, _ shape: [Int]) -> TensorComparison.Difference {
    .init(
      path: path, shape: shape, maximum: maximum, mean: absolute / Double(max(count, 1)),
      relative: maximum.isNaN ? .nan : (squares / firstSquares).squareRoot())
  }
}
