internal import CKernels

/// SHA-256 (FIPS 180-4) of bytes that come block by block, by the processor's own instructions where it has them.
///
/// With those, two at once take two thirds of the time of one after the other on the same core: see
/// ``update(_:with:_:with:)``.
package struct SHA256: Sendable {
  /// Whether this processor has the instructions.
  package static let hasInstructions = lz_has_sha256() != 0

  /// Bytes that the state takes in together.
  private static let blockSize = 64

  private var state = SIMD8<UInt32>(
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19)
  /// Bytes taken in so far; those after the last whole block wait in `rest`.
  private var count = 0
  private var rest = SIMD64<UInt8>()

  private let isPortable: Bool

  /// Begins a digest.
  ///
  /// - Parameter isPortable: whether to go without the processor's instructions.
  package init(isPortable: Bool = false) {
    self.isPortable = isPortable || !Self.hasInstructions
  }

  /// The digest of some bytes: 32 bytes.
  package static func hash(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var digest = SHA256()
    digest.update(bytes)
    return digest.finish()
  }

  /// The digest of some bytes: 32 bytes.
  package static func hash(_ bytes: some Collection<UInt8>) -> [UInt8] {
    Array(bytes).withUnsafeBytes { hash($0) }
  }

  /// Two lower-case hexadecimal digits a byte.
  package static func hexadecimal(_ bytes: [UInt8]) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity(2 * bytes.count)
    for byte in bytes {
      for half in [byte >> 4, byte & 15] {
        digits.append(half < 10 ? UInt8(ascii: "0") + half : UInt8(ascii: "a") + half - 10)
      }
    }
    return String(decoding: digits, as: UTF8.self)
  }

  /// Takes in the next bytes; multiples of 64 are fastest.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    var bytes = bytes[...]
    if waiting > 0 {
      let head = bytes.prefix(Self.blockSize - waiting)
      wait(for: UnsafeRawBufferPointer(rebasing: head))
      bytes = bytes.dropFirst(head.count)
      guard waiting == 0 else { return }
      let block = rest
      withUnsafeBytes(of: block) { compress($0) }
    }
    let whole = bytes.prefix(bytes.count / Self.blockSize * Self.blockSize)
    compress(UnsafeRawBufferPointer(rebasing: whole))
    count += whole.count
    wait(for: UnsafeRawBufferPointer(rebasing: bytes.dropFirst(whole.count)))
  }

  /// Takes in the next bytes of two digests: together as far as both have whole blocks, then each alone.
  package static func update(
    _ first: inout Self, with firstBytes: UnsafeRawBufferPointer,
    _ second: inout Self, with secondBytes: UnsafeRawBufferPointer
  ) {
    var common = 0
    if first.waiting == 0, second.waiting == 0, !first.isPortable, !second.isPortable {
      common = min(firstBytes.count, secondBytes.count) / blockSize * blockSize
      compress(&first, firstBytes, &second, secondBytes, count: common)
    }
    first.update(UnsafeRawBufferPointer(rebasing: firstBytes[common...]))
    second.update(UnsafeRawBufferPointer(rebasing: secondBytes[common...]))
  }

  /// The digest of all bytes taken in: 32 bytes.
  package func finish() -> [UInt8] {
    var last = self
    let bits = UInt64(count) * 8
    // A one bit, zeros up to the last eight bytes of a block, the number of bits.
    let zeros = (2 * Self.blockSize - 9 - waiting) % Self.blockSize
    let ending =
      [0x80] + [UInt8](repeating: 0, count: zeros)
      + withUnsafeBytes(of: bits.bigEndian) { Array($0) }
    ending.withUnsafeBytes { last.update($0) }
    return (0..<8).flatMap { word in
      withUnsafeBytes(of: last.state[word].bigEndian) { Array($0) }
    }
  }

  /// Bytes that wait for their block to become whole.
  private var waiting: Int { count % Self.blockSize }

  /// Keeps bytes that fill no more than the present block.
  private mutating func wait(for bytes: UnsafeRawBufferPointer) {
    let start = waiting
    withUnsafeMutableBytes(of: &rest) { rest in
      UnsafeMutableRawBufferPointer(rebasing: rest[start...]).copyMemory(from: bytes)
    }
    count += bytes.count
  }

  /// Takes whole blocks into the state.
  private mutating func compress(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
    withUnsafeMutableBytes(of: &state) { state in
      guard let words = state.bindMemory(to: UInt32.self).baseAddress else { return }
      let (start, blocks) = (
        base.assumingMemoryBound(to: UInt8.self), Int64(bytes.count / Self.blockSize)
      )
      if isPortable {
        lz_sha256_portable(words, start, blocks)
      } else {
        lz_sha256(words, start, blocks)
      }
    }
  }

  /// Takes `count` bytes, whole blocks, into both states.
  private static func compress(
    _ first: inout Self, _ firstBytes: UnsafeRawBufferPointer,
    _ second: inout Self, _ secondBytes: UnsafeRawBufferPointer, count: Int
  ) {
    guard let one = firstBytes.baseAddress, let other = secondBytes.baseAddress, count > 0 else {
      return
    }
    withUnsafeMutableBytes(of: &first.state) { firstState in
      withUnsafeMutableBytes(of: &second.state) { secondState in
        guard let oneState = firstState.bindMemory(to: UInt32.self).baseAddress,
          let otherState = secondState.bindMemory(to: UInt32.self).baseAddress
        else { return }
        lz_sha256_pair(
          oneState, otherState, one.assumingMemoryBound(to: UInt8.self),
          other.assumingMemoryBound(to: UInt8.self), Int64(count / blockSize))
      }
    }
    first.count += count
    second.count += count
  }
}
