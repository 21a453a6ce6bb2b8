/// A digest of bytes that come block by block, such as SHA-256.
public protocol ContentDigest {
  /// Takes in the next bytes.
  mutating func update(_ bytes: UnsafeRawBufferPointer)
  /// The digest of all bytes taken in.
  func finish() -> [UInt8]
}

/// Digests that the contents of a file's datasets must have: of their bytes as stored, or of the UTF-8 bytes of a text.
public struct ContentChecks: Sendable {
  /// The digest of each dataset by its path, `networks/encoder/weight`.
  public let digests: [String: [UInt8]]
  /// Begins a digest.
  public let makeDigest: @Sendable () -> any ContentDigest

  /// Makes a list of digests.
  public init(
    _ digests: [String: [UInt8]], makeDigest: @escaping @Sendable () -> any ContentDigest
  ) {
    self.digests = digests
    self.makeDigest = makeDigest
  }
}
