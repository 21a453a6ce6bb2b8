internal import HDF5

/// SHA-256 of a dataset's bytes, block by block.
struct SHA256Digest: ContentDigest {
  private var hash = SHA256()

  mutating func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bytes) }

  /// Takes the next bytes into two digests, at once where the processor can.
  static func update(
    _ first: inout SHA256Digest, with firstBytes: UnsafeRawBufferPointer,
    _ second: inout SHA256Digest, with secondBytes: UnsafeRawBufferPointer
  ) {
    SHA256.update(&first.hash, with: firstBytes, &second.hash, with: secondBytes)
  }

  func finish() -> [UInt8] { hash.finish() }
}
