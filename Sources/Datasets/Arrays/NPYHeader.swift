/// What the header of a `.npy` file says: a type, an order and a shape, written as a Python dictionary.
struct NPYHeader: Hashable {
  var type: String
  var isFortranOrder: Bool
  var shape: [Int]

  /// The header with magic and padding, version 1.0; its size is a multiple of 64 bytes.
  var encoded: [UInt8] {
    // Python writes a tuple of one with a comma behind it.
    let sizes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var text = "{'descr': '\(type)', 'fortran_order': \(isFortranOrder ? "True" : "False"), "
    text += "'shape': (\(sizes)), }"
    let size = (10 + text.utf8.count + 1 + 63) / 64 * 64 - 10
    text += String(repeating: " ", count: size - text.utf8.count - 1) + "\n"
    return Self.magic + [1, 0, UInt8(size & 255), UInt8(size >> 8)] + Array(text.utf8)
  }

  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  init(type: String, isFortranOrder: Bool = false, shape: [Int]) {
    self.type = type
    self.isFortranOrder = isFortranOrder
    self.shape = shape
  }

  /// Reads the header at the beginning of a file; returns it with its size in bytes.
  ///
  /// - Throws: ``DatasetError/badNPYHeader(path:reason:)``.
  static func read(
    _ bytes: [UInt8], path: String
  ) throws(DatasetError) -> (header: NPYHeader, size: Int) {
    guard bytes.count >= 10, Array(bytes[..<6]) == magic else {
      throw .badNPYHeader(path: path, reason: "it does not begin with \\x93NUMPY")
    }
    let start = bytes[6] == 1 ? 10 : 12
    guard (1...3).contains(bytes[6]), bytes.count >= start else {
      throw .badNPYHeader(path: path, reason: "its version is \(bytes[6]).\(bytes[7])")
    }
    let length = bytes[8..<start].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= bytes.count - start else {
      throw .badNPYHeader(
        path: path,
        reason: "a header of \(length) bytes in a file of \(bytes.count)")
    }
    let text = String(decoding: bytes[start..<start + length], as: UTF8.self)
    guard let header = NPYHeader(parsing: text) else {
      throw .badNPYHeader(
        path: path, reason: "type, order or shape are missing from its header")
    }
    return (header, start + length)
  }

  /// Understands the dictionary, `nil` where an entry is missing or malformed.
  private init?(parsing text: String) {
    guard let type = Self.value(of: "descr", in: text),
      let order = Self.value(of: "fortran_order", in: text),
      let shape = Self.value(of: "shape", in: text),
      type.count >= 2, let quote = type.first, quote == "'" || quote == "\"", type.last == quote,
      order == "True" || order == "False",
      shape.hasPrefix("("), shape.hasSuffix(")")
    else { return nil }
    self.type = String(type.dropFirst().dropLast())
    isFortranOrder = order == "True"
    self.shape = []
    for field in shape.dropFirst().dropLast().split(separator: ",") {
      let field = field.filter { $0 != " " }
      if field.isEmpty { continue }
      guard let size = Int(field), size >= 0 else { return nil }
      self.shape.append(size)
    }
  }

  /// The text that follows a key, up to the comma after it; a tuple is kept whole.
  private static func value(of key: String, in text: String) -> Substring? {
    for quote in ["'", "\""] {
      let pattern = "\(quote)\(key)\(quote):"
      guard let found = text.range(of: pattern) else { continue }
      let rest = text[found.upperBound...].drop { $0 == " " }
      if rest.first == "(" {
        return rest.firstIndex(of: ")").map { rest[...$0] }
      }
      return rest.prefix { $0 != "," && $0 != "}" }
    }
    return nil
  }
}
