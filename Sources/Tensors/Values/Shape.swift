/// The extents of a tensor along its axes, outermost first; a scalar has none.
///
/// Images are `[B, C, H, W]`, sequences `[B, T, C]`, as in PyTorch.
public struct Shape: Hashable, Sendable, Codable, ExpressibleByArrayLiteral {
  /// Extent of every axis, outermost first. Never negative.
  public var dimensions: [Int]

  /// Makes a shape of the given extents.
  ///
  /// - Precondition: no extent is negative.
  public init(_ dimensions: [Int]) {
    precondition(
      dimensions.allSatisfy { $0 >= 0 }, "a shape has no negative extents, got \(dimensions)")
    self.dimensions = dimensions
  }

  public init(arrayLiteral elements: Int...) {
    self.init(elements)
  }

  /// The shape of a single number.
  public static let scalar: Shape = []

  /// Number of axes.
  public var rank: Int { dimensions.count }

  /// Number of elements: the product of all extents, 1 for a scalar.
  public var count: Int { dimensions.reduce(1, *) }

  /// The extent of one axis; negative axes count from the end, as in NumPy.
  public subscript(axis: Int) -> Int {
    dimensions[axis < 0 ? axis + rank : axis]
  }

  /// The shape that both shapes broadcast to under NumPy's rule, or `nil` where they do not meet.
  public func broadcast(with other: Shape) -> Shape? {
    let rank = max(self.rank, other.rank)
    var result: [Int] = []
    result.reserveCapacity(rank)
    for axis in 0..<rank {
      let a = axis - (rank - self.rank)
      let b = axis - (rank - other.rank)
      let left = a < 0 ? 1 : dimensions[a]
      let right = b < 0 ? 1 : other.dimensions[b]
      guard left == right || left == 1 || right == 1 else { return nil }
      result.append(left == 1 ? right : left)
    }
    return Shape(result)
  }

  /// Reads a plain list of extents, such as `[128, 784]`.
  ///
  /// - Throws: `DecodingError`, also for a negative extent.
  public init(from decoder: any Decoder) throws {
    let dimensions = try decoder.singleValueContainer().decode([Int].self)
    guard dimensions.allSatisfy({ $0 >= 0 }) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "negative extent"))
    }
    self.dimensions = dimensions
  }

  /// Writes a plain list of extents.
  ///
  /// - Throws: `EncodingError`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(dimensions)
  }
}

extension Shape: CustomStringConvertible {
  /// The extents in brackets, such as `[128, 784]`.
  public var description: String {
    "[" + dimensions.map(String.init).joined(separator: ", ") + "]"
  }
}
