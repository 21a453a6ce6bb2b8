internal import HDF5

/// The SHA-256 of everything in a checkpoint, dataset by dataset, as `sha256sum` prints it.
struct Checksums: Sendable {
  /// The digest of each dataset by its path, such as `networks/encoder/head/weight`.
  let digests: [String: [UInt8]]

  /// Takes digests by path.
  init(_ digests: [String: [UInt8]]) { self.digests = digests }

  /// Reads lines of 64 hexadecimal digits, two spaces and a path, ascending by the bytes of the path.
  ///
  /// - Returns: `nil` where a line is none such or out of order.
  init?(parsing text: String) {
    let bytes = Array(text.utf8)
    var digests: [String: [UInt8]] = [:]
    var (start, last) = (0, 0..<0)
    while start < bytes.count {
      guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")), end > start + 66,
        bytes[start + 64..<start + 66].elementsEqual("  ".utf8),
        let digest = Self.bytes(ofHex: bytes[start..<start + 64]),
        bytes[last].lexicographicallyPrecedes(bytes[start + 66..<end])
      else { return nil }
      last = start + 66..<end
      let path = String(decoding: bytes[last], as: UTF8.self)
      guard digests.updateValue(digest, forKey: path) == nil else { return nil }
      start = end + 1
    }
    self.digests = digests
  }

  /// The lines of all datasets.
  var text: String {
    digests.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { "\(Self.hex($0.value))  \($0.key)\n" }.joined()
  }

  /// What reading compares with.
  var checks: ContentChecks { ContentChecks(digests) { SHA256Digest() } }

  /// The digest of a text, in hexadecimal digits: of the list itself, it stands for the whole file.
  static func digest(of text: String) -> String {
    hex(SHA256.hash(text.utf8))
  }

  /// Two lower-case hexadecimal digits a byte.
  static func hex(_ bytes: [UInt8]) -> String { SHA256.hexadecimal(bytes) }

  private static func bytes(ofHex digits: ArraySlice<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2)
    for place in stride(from: digits.startIndex, to: digits.endIndex, by: 2) {
      guard let high = value(ofHex: digits[place]), let low = value(ofHex: digits[place + 1])
      else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  private static func value(ofHex digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
