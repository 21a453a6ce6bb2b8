extension Attribute: Codable {
  /// The fields of ONNX's AttributeProto, which tell the type.
  private enum CodingKeys: String, CodingKey {
    case int = "i"
    case float = "f"
    case ints
    case string = "s"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch container.allKeys.first {
    case .int where container.allKeys.count == 1:
      self = .int(try container.decode(Int.self, forKey: .int))
    case .float where container.allKeys.count == 1:
      self = .float(try container.decode(Float.self, forKey: .float))
    case .ints where container.allKeys.count == 1:
      self = .ints(try container.decode([Int].self, forKey: .ints))
    case .string where container.allKeys.count == 1:
      self = .string(try container.decode(String.self, forKey: .string))
    default:
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "an attribute has one of the keys i, f, ints and s"))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .int(let value): try container.encode(value, forKey: .int)
    case .float(let value): try container.encode(value, forKey: .float)
    case .ints(let values): try container.encode(values, forKey: .ints)
    case .string(let value): try container.encode(value, forKey: .string)
    }
  }
}
