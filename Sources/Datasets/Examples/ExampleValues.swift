import Crypto
import Tensors

/// The values of all examples as they lie in memory, one example after another.
enum ExampleValues: Sendable {
  /// Bytes that become model units by a division, such as by 255.
  case bytes([UInt8], divisor: Float)
  /// Numbers that are in model units already.
  case floats([Float])

  /// Number of values of all examples together.
  var count: Int {
    switch self {
    case .bytes(let bytes, _): bytes.count
    case .floats(let floats): floats.count
    }
  }

  /// Writes the values of `range` in model units to the memory at `target`.
  func copy(_ range: Range<Int>, to target: UnsafeMutablePointer<Float>) {
    switch self {
    case .bytes(let bytes, let divisor):
      bytes.withUnsafeBufferPointer { source in
        guard let base = source.baseAddress else { return }
        ByteScaling.divide(
          base + range.lowerBound, by: divisor, into: target, count: range.count)
      }
    case .floats(let floats):
      floats.withUnsafeBufferPointer { source in
        target.update(from: source.baseAddress! + range.lowerBound, count: range.count)
      }
    }
  }

  /// The rows `indices`, each of `size` values, in a new store.
  func rows(_ indices: [Int], size: Int) -> ExampleValues {
    func gather<Value>(_ values: [Value]) -> [Value] {
      var result: [Value] = []
      result.reserveCapacity(indices.count * size)
      for index in indices { result += values[index * size..<(index + 1) * size] }
      return result
    }
    return switch self {
    case .bytes(let bytes, let divisor): .bytes(gather(bytes), divisor: divisor)
    case .floats(let floats): .floats(gather(floats))
    }
  }

  /// The least and the greatest value in model units, `0...0` where there are none.
  var range: ClosedRange<Float> {
    switch self {
    case .bytes(let bytes, let divisor):
      guard let range = Self.byteRange(bytes) else { return 0...0 }
      return Float(range.lowerBound) / divisor...Float(range.upperBound) / divisor
    case .floats(let floats):
      guard var least = floats.first else { return 0...0 }
      var greatest = least
      for value in floats {
        least = min(least, value)
        greatest = max(greatest, value)
      }
      return least...greatest
    }
  }

  /// SHA-256 of the values as they lie in memory, in lower-case hexadecimal.
  var sha256: String {
    var hasher = SHA256()
    switch self {
    case .bytes(let bytes, _):
      bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
    case .floats(let floats):
      floats.withUnsafeBytes { hasher.update(bufferPointer: $0) }
    }
    return hasher.finalize().map { byte in
      String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }.joined()
  }

  /// The least and the greatest byte; stops as soon as both ends of the scale were met.
  private static func byteRange(_ bytes: [UInt8]) -> ClosedRange<UInt8>? {
    guard var least = bytes.first else { return nil }
    var greatest = least
    bytes.withUnsafeBufferPointer { bytes in
      for byte in bytes where byte < least || byte > greatest {
        least = min(least, byte)
        greatest = max(greatest, byte)
        if least == 0 && greatest == .max { break }
      }
    }
    return least...greatest
  }
}
