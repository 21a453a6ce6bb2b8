internal import Crypto
internal import HDF5

/// SHA-256 of bytes that come block by block.
///
/// Made by the processor's own instructions where it has them, so that two can be made at once; otherwise by swift-crypto,
/// which takes as long for one.
struct SHA256Digest: ContentDigest {
  private enum Maker {
    case processor(ProcessorSHA256)
    case portable(SHA256)
  }

  private var maker: Maker

  /// Begins a digest.
  ///
  /// - Parameter isPortable: whether swift-crypto has to make it.
  init(isPortable: Bool = !ProcessorSHA256.isAvailable) {
    maker = isPortable ? .portable(SHA256()) : .processor(ProcessorSHA256())
  }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    switch maker {
    case .processor(var hash):
      hash.update(bytes)
      maker = .processor(hash)
    case .portable(var hash):
      hash.update(bufferPointer: bytes)
      maker = .portable(hash)
    }
  }

  /// Takes the next bytes into two digests, at once where the processor can.
  static func update(
    _ first: inout SHA256Digest, with firstBytes: UnsafeRawBufferPointer,
    _ second: inout SHA256Digest, with secondBytes: UnsafeRawBufferPointer
  ) {
    guard case .processor(var one) = first.maker, case .processor(var other) = second.maker else {
      first.update(firstBytes)
      second.update(secondBytes)
      return
    }
    ProcessorSHA256.update(&one, with: firstBytes, &other, with: secondBytes)
    first.maker = .processor(one)
    second.maker = .processor(other)
  }

  func finish() -> [UInt8] {
    switch maker {
    case .processor(let hash): hash.finish()
    case .portable(let hash): Array(hash.finalize())
    }
  }
}
