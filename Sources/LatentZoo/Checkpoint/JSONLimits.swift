/// What JSON text out of a file may ask of its decoder.
enum JSONLimits {
  /// Objects and lists inside each other.
  static let depth = 64
  /// Values of all kinds.
  static let values = 1 << 18
  /// Bytes of a record.
  static let recordBytes = 16 << 20
  /// Bytes of a graph.
  static let graphBytes = 32 << 20

  /// What is too much about a text, as the end of a sentence; `nil` where nothing is.
  ///
  /// Whether it is JSON at all is left to the decoder.
  static func excess(in text: String) -> String? {
    var (depth, values) = (0, 1)
    var (isInString, isEscaped) = (false, false)
    for byte in text.utf8 {
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        values += 1
        if depth > Self.depth { return "is nested more than \(Self.depth) deep" }
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ","): values += 1
      default: break
      }
      if values > Self.values { return "has more than \(Self.values) values" }
    }
    return nil
  }
}
