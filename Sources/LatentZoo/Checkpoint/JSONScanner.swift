import Foundation

/// Walks through JSON text from front to back and builds nothing but what is asked for.
///
///     var scanner = JSONScanner(text)
///     try scanner.forEachField { key, scanner in
///       if key == "name" { name = try scanner.string() } else { try scanner.skip() }
///     }
struct JSONScanner {
  private let bytes: [UInt8]
  /// The next byte of the text.
  private(set) var position = 0

  /// Begins at the first letter.
  init(_ text: String) { bytes = Array(text.utf8) }

  /// Text that is no JSON, or other JSON than was asked for.
  struct Fault: Error, Hashable {
    /// Byte of the text at which it shows.
    let position: Int
  }

  /// Passes through an object; `body` has to take or skip the value of each key.
  ///
  /// - Throws: ``Fault``, or what `body` throws.
  mutating func forEachField(
    _ body: (String, inout JSONScanner) throws(Fault) -> Void
  ) throws(Fault) {
    try expect("{")
    if take("}") { return }
    repeat {
      let key = try string()
      try expect(":")
      try body(key, &self)
    } while take(",")
    try expect("}")
  }

  /// Passes through a list; `body` has to take or skip each element.
  ///
  /// - Throws: ``Fault``, or what `body` throws.
  mutating func forEachElement(
    _ body: (inout JSONScanner) throws(Fault) -> Void
  ) throws(Fault) {
    try expect("[")
    if take("]") { return }
    repeat { try body(&self) } while take(",")
    try expect("]")
  }

  /// Takes a string.
  mutating func string() throws(Fault) -> String {
    try expect("\"")
    let start = position
    var isEscaped = false
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      isEscaped = isEscaped || bytes[position] == UInt8(ascii: "\\")
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard position < bytes.count else { throw Fault(position: start) }
    position += 1
    guard isEscaped else { return String(decoding: bytes[start..<position - 1], as: UTF8.self) }
    do {
      return try JSONDecoder().decode(String.self, from: Data(bytes[start - 1..<position]))
    } catch { throw Fault(position: start) }
  }

  /// Takes a whole number.
  mutating func integer() throws(Fault) -> Int {
    let start = position
    guard let value = Int(word()) else { throw Fault(position: start) }
    return value
  }

  /// Takes a number.
  mutating func number() throws(Fault) -> Double {
    let start = position
    guard let value = Double(word()) else { throw Fault(position: start) }
    return value
  }

  /// Passes over a value of any kind.
  mutating func skip() throws(Fault) {
    skipSpace()
    var depth = 0
    repeat {
      guard position < bytes.count else { throw Fault(position: position) }
      switch bytes[position] {
      case UInt8(ascii: "\""): _ = try string()
      case UInt8(ascii: "{"), UInt8(ascii: "["): (depth, position) = (depth + 1, position + 1)
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard depth > 0 else { throw Fault(position: position) }
        (depth, position) = (depth - 1, position + 1)
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        guard depth > 0 else { throw Fault(position: position) }
        position += 1
      default:
        guard !word().isEmpty else { throw Fault(position: position) }
      }
      if depth > 0 { skipSpace() }
    } while depth > 0
  }

  /// The letters up to the next mark or space: a number, `true`, `false` or `null`.
  private mutating func word() -> String {
    skipSpace()
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "E"):
        position += 1
        continue
      default: break
      }
      break
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func expect(_ mark: Unicode.Scalar) throws(Fault) {
    guard take(mark) else { throw Fault(position: position) }
  }

  private mutating func take(_ mark: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: mark) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count,
      bytes[position] == 0x20 || (0x09...0x0D).contains(bytes[position])
    { position += 1 }
  }
}
