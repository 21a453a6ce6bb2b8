/// Type of the elements of a dataset or attribute, as stored in the file.
public enum ElementType: Hashable, Sendable, CustomStringConvertible {
  /// IEEE float of 4 bytes, little endian.
  case float32
  /// IEEE float of 8 bytes, little endian.
  case float64
  /// Signed integer of 8 bytes, little endian.
  case int64
  /// Signed integer of 4 bytes, little endian.
  case int32
  /// Unsigned integer of 1 byte.
  case uint8
  /// Text, of fixed or variable length.
  case string
  /// A type this library does not read, in words.
  case other(String)

  /// The type in words, such as `float32`.
  public var description: String {
    switch self {
    case .float32: "float32"
    case .float64: "float64"
    case .int64: "int64"
    case .int32: "int32"
    case .uint8: "uint8"
    case .string: "string"
    case .other(let words): words
    }
  }
}
