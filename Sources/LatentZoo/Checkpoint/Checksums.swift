internal import Crypto
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
    var digests: [String: [UInt8]] = [:]
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    guard lines.popLast() == "" else { return nil }
    var last: Substring = ""
    for line in lines {
      let path = line.dropFirst(66)
      guard line.dropFirst(64).hasPrefix("  "), let digest = Self.bytes(ofHex: line.prefix(64)),
        last.utf8.lexicographicallyPrecedes(path.utf8),
        digests.updateValue(digest, forKey: String(path)) == nil
      else { return nil }
      last = path
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
    hex(Array(SHA256.hash(data: Array(text.utf8))))
  }

  /// Two lower-case hexadecimal digits a byte.
  static func hex(_ bytes: [UInt8]) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity(2 * bytes.count)
    for byte in bytes {
      for half in [byte >> 4, byte & 15] {
        digits.append(half < 10 ? UInt8(ascii: "0") + half : UInt8(ascii: "a") + half - 10)
      }
    }
    return String(decoding: digits, as: UTF8.self)
  }

  private static func bytes(ofHex digits: Substring) -> [UInt8]? {
    let halves = digits.utf8.compactMap { digit -> UInt8? in
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
      default: nil
      }
    }
    guard halves.count == 64, digits.utf8.count == 64 else { return nil }
    return stride(from: 0, to: 64, by: 2).map { halves[$0] << 4 | halves[$0 + 1] }
  }
}

/// SHA-256 of bytes that come block by block.
struct SHA256Digest: ContentDigest {
  private var hash = SHA256()

  mutating func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bufferPointer: bytes) }

  func finish() -> [UInt8] { Array(hash.finalize()) }
}
