/// A fixed value in a ``GraphFunction``.
public struct GraphInitializer: Hashable, Sendable {
  /// The elements, row-major.
  public enum Elements: Hashable, Sendable {
    /// For numbers of `float32`.
    case floats([Float])
    /// For whole numbers of any size, and 0 and 1 for truth values.
    case integers([Int])

    /// Number of elements.
    public var count: Int {
      switch self {
      case .floats(let elements): elements.count
      case .integers(let elements): elements.count
      }
    }
  }

  /// Name that nodes know it by.
  public let name: String
  /// Of each element.
  public let type: GraphType
  /// Its extents; none for a single number.
  public let shape: [Int]
  /// As many as the extents say.
  public let elements: Elements

  /// A value of numbers.
  public init(name: String, shape: [Int], floats: [Float]) {
    (self.name, type, self.shape, elements) = (name, .float32, shape, .floats(floats))
  }

  /// A value of whole numbers.
  public init(name: String, shape: [Int], integers: [Int], type: GraphType = .int64) {
    (self.name, self.type, self.shape, elements) = (name, type, shape, .integers(integers))
  }
}

extension GraphInitializer: Codable {
  private enum CodingKeys: String, CodingKey {
    case name, type, shape, values
  }

  /// A float32 number, or its name where JSON has no number for it.
  private enum Number: Codable {
    case finite(Float)
    case named(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let name = try? container.decode(String.self) {
        self = .named(name)
      } else {
        self = .finite(try container.decode(Float.self))
      }
    }

    init(_ value: Float) {
      self = value.isFinite ? .finite(value) : .named("\(value)")
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .finite(let value): try container.encode(value)
      case .named(let name): try container.encode(name)
      }
    }

    var value: Float? {
      switch self {
      case .finite(let value): value
      case .named("inf"): .infinity
      case .named("-inf"): -.infinity
      case .named("nan"): .nan
      case .named: nil
      }
    }
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    type = try container.decode(GraphType.self, forKey: .type)
    shape = try container.decode([Int].self, forKey: .shape)
    if type == .float32 {
      let numbers = try container.decode([Number].self, forKey: .values).map(\.value)
      guard !numbers.contains(nil) else {
        throw DecodingError.dataCorruptedError(
          forKey: .values, in: container, debugDescription: "holds a word that is no number")
      }
      elements = .floats(numbers.compactMap { $0 })
    } else {
      elements = .integers(try container.decode([Int].self, forKey: .values))
    }
    var count = 1
    for extent in shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: extent)
      guard extent >= 0, !overflows else {
        throw DecodingError.dataCorruptedError(
          forKey: .shape, in: container, debugDescription: "holds an impossible extent")
      }
      count = product
    }
    guard elements.count == count else {
      throw DecodingError.dataCorruptedError(
        forKey: .values, in: container,
        debugDescription: "has \(elements.count) elements, the shape says \(count)")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(type, forKey: .type)
    try container.encode(shape, forKey: .shape)
    switch elements {
    case .floats(let values): try container.encode(values.map(Number.init), forKey: .values)
    case .integers(let values): try container.encode(values, forKey: .values)
    }
  }
}
