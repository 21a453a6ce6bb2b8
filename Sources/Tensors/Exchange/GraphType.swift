/// Type of an element in a ``GraphFunction``; the raw value is NumPy's name.
public enum GraphType: String, Hashable, Codable, Sendable {
  /// A number of four bytes.
  case float32
  /// A whole number of eight bytes.
  case int64
  /// A whole number of four bytes.
  case int32
  /// A truth value.
  case bool
}

/// An extent of a value in a ``GraphFunction``: a number, or that of the batch, which is `"N"` in JSON.
public enum GraphExtent: Hashable, Sendable {
  /// The same in every run.
  case fixed(Int)
  /// As many as there are examples.
  case batch

  /// The letter that stands for the batch.
  public static let batchLetter = "N"

  /// The extent for a batch of a given size.
  public func resolved(batchSize: Int) -> Int {
    switch self {
    case .fixed(let extent): extent
    case .batch: batchSize
    }
  }
}

extension GraphExtent: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let letter = try? container.decode(String.self) {
      guard letter == Self.batchLetter else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "\"\(letter)\" is no extent")
      }
      self = .batch
    } else {
      self = .fixed(try container.decode(Int.self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .fixed(let extent): try container.encode(extent)
    case .batch: try container.encode(Self.batchLetter)
    }
  }
}
