/// Takes a text of comma-separated values apart, record by record (RFC 4180).
///
/// A field in double quotes may hold commas, line ends and, doubled, quotes; spaces and tabs around a
/// field do not belong to it. Lines end in LF or CRLF; empty lines are passed over.
struct CSVReader {
  /// One record.
  struct Record: Equatable {
    /// Number of the line it begins in, from 1.
    let line: Int
    /// Its fields; at least one.
    let fields: [String]
  }

  private let path: String
  private let bytes: [UInt8]
  private var position: Int
  private var line = 1

  private static let (comma, quote, newline, carriage) = (
    UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")
  )

  /// Reads a whole file into memory.
  init(path: String) throws(DatasetError) {
    self.init(bytes: try InputFile.contents(of: path), path: path)
  }

  /// - Parameter path: names the text in errors.
  init(bytes: [UInt8], path: String) {
    self.path = path
    self.bytes = bytes
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The next record, `nil` after the last.
  ///
  /// - Throws: ``DatasetError/openQuote(path:line:)`` and ``DatasetError/textAfterQuote(path:line:)``.
  mutating func next() throws(DatasetError) -> Record? {
    while position < bytes.count {
      let start = line
      var fields: [String] = []
      repeat { fields.append(try field()) } while skip(Self.comma)
      endLine()
      if fields != [""] { return Record(line: start, fields: fields) }
    }
    return nil
  }

  /// Reads one field and stops at the comma or line end behind it.
  private mutating func field() throws(DatasetError) -> String {
    skipBlanks()
    guard skip(Self.quote) else { return plainField() }
    let start = line
    var text: [UInt8] = []
    while true {
      guard position < bytes.count else { throw .openQuote(path: path, line: start) }
      let byte = bytes[position]
      position += 1
      if byte == Self.newline { line += 1 }
      if byte == Self.quote {
        // Two quotes stand for one.
        guard skip(Self.quote) else { break }
      }
      text.append(byte)
    }
    skipBlanks()
    guard isAtFieldEnd else { throw .textAfterQuote(path: path, line: line) }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func plainField() -> String {
    let start = position
    while !isAtFieldEnd { position += 1 }
    var end = position
    while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private var isAtFieldEnd: Bool {
    guard position < bytes.count else { return true }
    return switch bytes[position] {
    case Self.comma, Self.newline: true
    case Self.carriage: position + 1 == bytes.count || bytes[position + 1] == Self.newline
    default: false
    }
  }

  private mutating func endLine() {
    _ = skip(Self.carriage)
    if skip(Self.newline) { line += 1 }
  }

  private mutating func skipBlanks() {
    while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
