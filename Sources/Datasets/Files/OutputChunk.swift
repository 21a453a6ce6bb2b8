/// A piece of a file to be written.
package enum OutputChunk: Sendable {
  case bytes([UInt8])
  /// Numbers as they lie in memory: float32, little-endian.
  case floats([Float])

  /// Number of bytes.
  package var count: Int {
    switch self {
    case .bytes(let bytes): bytes.count
    case .floats(let floats): floats.count * MemoryLayout<Float>.stride
    }
  }

  func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    switch self {
    case .bytes(let bytes): bytes.withUnsafeBytes(body)
    case .floats(let floats): floats.withUnsafeBytes(body)
    }
  }
}
