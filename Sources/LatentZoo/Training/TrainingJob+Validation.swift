extension TrainingJob {
  /// Which examples are held back to watch the training by.
  public enum Validation: Hashable, Sendable {
    /// The source's test part, or a tenth of the training examples where it has none.
    case automatic
    /// A share of the training examples, in `(0, 1)`, chosen by the seed.
    case fraction(Double)
    /// None.
    case none
  }
}

extension TrainingJob.Validation: Codable {
  /// Reads `"auto"`, `"none"` or a number.
  ///
  /// - Throws: `DecodingError`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let word = try? container.decode(String.self) else {
      self = .fraction(try container.decode(Double.self))
      return
    }
    switch word {
    case "auto": self = .automatic
    case "none": self = .none
    default:
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\(word) is neither auto nor none")
    }
  }

  /// Writes what ``init(from:)`` reads.
  ///
  /// - Throws: `EncodingError`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .automatic: try container.encode("auto")
    case .none: try container.encode("none")
    case .fraction(let share): try container.encode(share)
    }
  }
}
