/// Tests of bytes of UTF-8 text. Bytes beyond ASCII, which make up other letters, count as letters:
/// ``Typography`` has replaced the punctuation marks among them.
enum TextBytes {
  static let space = UInt8(ascii: " ")
  static let lineEnd = UInt8(ascii: "\n")
  static let apostrophe = UInt8(ascii: "'")
  static let quote = UInt8(ascii: "\"")
  static let hyphen = UInt8(ascii: "-")
  static let period = UInt8(ascii: ".")

  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  static func isLetter(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7a)
  }

  static func isUpperCase(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5a }

  static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }

  static func isBlank(_ byte: UInt8) -> Bool { byte == space || (byte >= 0x09 && byte <= 0x0d) }
}
