import Tensors

/// What one look at all values of a data set tells.
struct ExampleSummary: Hashable, Sendable {
  /// SHA-256 of the values as they are kept, in lower-case hexadecimal.
  let sha256: String
  /// The least and the greatest value in model units, `0...0` where there are none.
  let range: ClosedRange<Float>

  /// Looks at values in memory.
  init(of values: ExampleValues) {
    var hasher = SHA256()
    switch values {
    case .bytes(let bytes, let divisor):
      bytes.withUnsafeBytes { hasher.update($0) }
      let range = Self.byteRange(bytes)
      self.range = Float(range.lowerBound) / divisor...Float(range.upperBound) / divisor
    case .floats(let floats):
      floats.withUnsafeBytes { hasher.update($0) }
      range = floats.withUnsafeBufferPointer { Self.range(of: $0) }
    case .tokens(let tokens):
      tokens.withUnsafeBytes { hasher.update($0) }
      range = Float(tokens.min() ?? 0)...Float(tokens.max() ?? 0)
    case .streamed(_, let summary):
      self = summary
      return
    }
    sha256 = SHA256.hexadecimal(hasher.finish())
  }

  /// Reads a source once from beginning to end, a block of rows at a time.
  ///
  /// - Parameters:
  ///   - size: numbers in an example.
  ///   - path: names the source in errors.
  /// - Throws: ``DatasetError/notFinite(path:example:)``, or what reading throws.
  init(
    of source: any ExampleSource, size: Int, path: String
  ) throws(DatasetError) {
    var hasher = SHA256()
    var range: ClosedRange<Float>?
    try source.forEachBlock(size: size, path: path) { part in
      Self.update(&hasher, with: part, divisor: source.byteDivisor)
      let found = Self.range(of: part)
      range =
        range.map {
          min($0.lowerBound, found.lowerBound)...max($0.upperBound, found.upperBound)
        } ?? found
    }
    self.range = range ?? 0...0
    sha256 = SHA256.hexadecimal(hasher.finish())
  }

  /// Hashes values as they are kept: as bytes where they were divided on the way.
  private static func update(
    _ hasher: inout SHA256, with floats: UnsafeBufferPointer<Float>, divisor: Float?
  ) {
    guard let divisor else {
      return hasher.update(UnsafeRawBufferPointer(floats))
    }
    let bytes = floats.map { ExampleValues.byte($0, divisor) }
    bytes.withUnsafeBytes { hasher.update($0) }
  }

  private static func range(of floats: UnsafeBufferPointer<Float>) -> ClosedRange<Float> {
    guard var least = floats.first else { return 0...0 }
    var greatest = least
    for value in floats {
      least = min(least, value)
      greatest = max(greatest, value)
    }
    return least...greatest
  }

  /// The least and the greatest byte; stops as soon as both ends of the scale were met.
  private static func byteRange(_ bytes: [UInt8]) -> ClosedRange<UInt8> {
    guard var least = bytes.first else { return 0...0 }
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
