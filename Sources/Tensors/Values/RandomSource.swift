#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A counter-based random generator: Philox 4x32-10 (Salmon et al. 2011, "Parallel random numbers: as
/// easy as 1, 2, 3", https://doi.org/10.1145/2063384.2063405).
///
/// A number depends on the seed, the stream and its position alone, never on what was drawn elsewhere
/// or on how many threads draw. The whole state is three integers; it is saved as JSON and restored
/// exactly.
public struct RandomSource: RandomNumberGenerator, Hashable, Codable, Sendable {
  /// The key that all streams of this source share.
  public let seed: UInt64
  /// Which of the 2⁶⁴ independent streams of the seed this source draws from.
  public let stream: UInt64
  /// Number of 64-bit words drawn so far.
  public private(set) var position: UInt64

  /// Makes a source at the beginning of a stream.
  public init(seed: UInt64, stream: UInt64 = 0) {
    self.seed = seed
    self.stream = stream
    self.position = 0
  }

  /// Draws 64 random bits.
  public mutating func next() -> UInt64 {
    let block = Philox.block(seed: seed, stream: stream, index: position / 2)
    defer { position += 1 }
    return position.isMultiple(of: 2)
      ? UInt64(block.0) | UInt64(block.1) << 32
      : UInt64(block.2) | UInt64(block.3) << 32
  }

  /// An independent source named by a word, such as `"shuffle"`: the same name gives the same source.
  public func forked(_ name: String) -> RandomSource {
    // FNV-1a over stream and name: stable across platforms and releases, unlike `Hasher`.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    let prefix = (0..<8).map { UInt8(truncatingIfNeeded: stream >> (8 * $0)) }
    for byte in prefix + Array(name.utf8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return RandomSource(seed: seed, stream: hash)
  }

  /// An independent source of its own; the next call gives another.
  public mutating func split() -> RandomSource {
    RandomSource(seed: seed, stream: next())
  }

  /// A number drawn uniformly from `[0, 1)`, with 24 random bits.
  public mutating func uniform() -> Float {
    Float(next() >> 40) * 0x1p-24
  }

  /// A number drawn from the standard normal distribution (Box–Muller on 53-bit uniforms).
  public mutating func normal() -> Double {
    let u = (Double(next() >> 11) + 0.5) * 0x1p-53
    let v = (Double(next() >> 11) + 0.5) * 0x1p-53
    return (-2 * log(u)).squareRoot() * cos(2 * .pi * v)
  }

  /// `0..<count` in random order (Fisher–Yates, written out so that it never changes).
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      let chosen = Int(next().multipliedFullWidth(by: UInt64(last + 1)).high)
      order.swapAt(last, chosen)
    }
    return order
  }
}

/// The block function of Philox 4x32-10.
package enum Philox {
  package static func block(
    seed: UInt64, stream: UInt64, index: UInt64
  ) -> (UInt32, UInt32, UInt32, UInt32) {
    var c0 = UInt32(truncatingIfNeeded: index)
    var c1 = UInt32(truncatingIfNeeded: index >> 32)
    var c2 = UInt32(truncatingIfNeeded: stream)
    var c3 = UInt32(truncatingIfNeeded: stream >> 32)
    var k0 = UInt32(truncatingIfNeeded: seed)
    var k1 = UInt32(truncatingIfNeeded: seed >> 32)
    for _ in 0..<10 {
      let p0 = UInt64(0xD251_1F53) * UInt64(c0)
      let p1 = UInt64(0xCD9E_8D57) * UInt64(c2)
      (c0, c1, c2, c3) = (
        UInt32(truncatingIfNeeded: p1 >> 32) ^ c1 ^ k0,
        UInt32(truncatingIfNeeded: p1),
        UInt32(truncatingIfNeeded: p0 >> 32) ^ c3 ^ k1,
        UInt32(truncatingIfNeeded: p0)
      )
      k0 = k0 &+ 0x9E37_79B9
      k1 = k1 &+ 0xBB67_AE85
    }
    return (c0, c1, c2, c3)
  }
}
