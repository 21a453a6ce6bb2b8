import Foundation
import Tensors
import TestSupport
import Testing

/// SHA-256 with and without the processor's instructions, against each other and against Python's.
@Suite struct SHA256Tests {
  /// Bytes without a pattern.
  private static let bytes: [UInt8] = {
    var random = RandomSource(seed: 4)
    return (0..<(1 << 20) + 1000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
  }()

  /// Digest of a part, taken in pieces of a length.
  private static func digest(of range: Range<Int>, pieces: Int = .max) -> [UInt8] {
    var digest = SHA256()
    bytes.withUnsafeBytes { bytes in
      var start = range.lowerBound
      while start < range.upperBound {
        let end = start + min(pieces, range.upperBound - start)
        digest.update(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
        start = end
      }
    }
    return digest.finish()
  }

  private static func reference(_ range: Range<Int>) -> [UInt8] {
    var digest = SHA256(isPortable: true)
    bytes.withUnsafeBytes { digest.update(UnsafeRawBufferPointer(rebasing: $0[range])) }
    return digest.finish()
  }

  @Test("The examples of FIPS 180-4 and its test vectors have the digests given there")
  func vectors() {
    for isPortable in [true, false] {
      for (text, expected) in [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
          "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
          String(repeating: "a", count: 1_000_000),
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
      ] {
        var digest = SHA256(isPortable: isPortable)
        Array(text.utf8).withUnsafeBytes { digest.update($0) }
        #expect(SHA256.hexadecimal(digest.finish()) == expected)
      }
    }
  }

  @Test("Python's hashlib agrees on every length up to 300 and on a long one") func hashlib() throws
  {
    try withTemporaryFolder { folder in
      let path = "\(folder)/bytes"
      try Data(Self.bytes).write(to: URL(fileURLWithPath: path))
      let script = """
        import hashlib, sys
        data = open(sys.argv[1], "rb").read()
        for length in [*range(301), len(data)]: print(hashlib.sha256(data[:length]).hexdigest())
        """
      let lines = try Python.run(script, [path]).split(separator: "\n").map(String.init)
      let lengths = Array(0...300) + [Self.bytes.count]
      #expect(lines == lengths.map { SHA256.hexadecimal(Self.reference(0..<$0)) })
    }
  }

  @Test("Every length up to 300 bytes has the right digest, wherever it starts") func lengths() {
    for count in 0...300 {
      let range = (count % 67)..<(count % 67 + count)
      #expect(Self.digest(of: range) == Self.reference(range), "\(count) bytes")
    }
  }

  @Test("A long run has the right digest, aligned or not", arguments: [-1, 0, 1, 17, 64])
  func long(_ excess: Int) {
    for start in [0, 1, 13] {
      let range = start..<(start + 1 << 20) + excess
      #expect(Self.digest(of: range) == Self.reference(range))
    }
  }

  @Test("How the bytes come makes no difference", arguments: [1, 3, 63, 64, 65, 128, 1000])
  func pieces(_ count: Int) {
    for length in [0, 1, 64, 2000, 5003] {
      #expect(Self.digest(of: 5..<5 + length, pieces: count) == Self.reference(5..<5 + length))
    }
  }

  @Test("Two at once have the digests of each alone, of whatever lengths and alignment")
  func pairs() {
    let lengths = [0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 300, 1000, (1 << 20) - 1, 1 << 20]
    for (index, firstCount) in lengths.enumerated() {
      for secondCount in lengths {
        let (first, second) = (index..<index + firstCount, 3..<3 + secondCount)
        let found = Self.pair(first, second)
        #expect(found.first == Self.reference(first), "\(firstCount) beside \(secondCount) bytes")
        #expect(found.second == Self.reference(second), "\(secondCount) beside \(firstCount) bytes")
      }
    }
  }

  @Test("Two at once may have taken in other bytes before") func afterOthers() {
    for before in [1, 64, 100] {
      let found = Self.pair(10..<5000, 20..<6000, alone: before)
      #expect(found.first == Self.reference(10..<5000))
      #expect(found.second == Self.reference(20..<6000))
    }
  }

  /// Digests of two parts at once, after the first has taken in `alone` bytes by itself.
  private static func pair(
    _ first: Range<Int>, _ second: Range<Int>, alone: Int = 0
  ) -> (first: [UInt8], second: [UInt8]) {
    var (one, other) = (SHA256(), SHA256())
    bytes.withUnsafeBytes { bytes in
      let start = first.lowerBound + alone
      one.update(UnsafeRawBufferPointer(rebasing: bytes[first.lowerBound..<start]))
      SHA256.update(
        &one, with: UnsafeRawBufferPointer(rebasing: bytes[start..<first.upperBound]),
        &other, with: UnsafeRawBufferPointer(rebasing: bytes[second]))
    }
    return (one.finish(), other.finish())
  }
}
