extension ExampleValues {
  /// Reads all examples of a source into memory, a block of rows at a time.
  ///
  /// - Parameters:
  ///   - size: numbers in an example.
  ///   - path: names the source in errors.
  /// - Throws: ``DatasetError/notFinite(path:example:)``, or what reading throws.
  init(loading source: any ExampleSource, size: Int, path: String) throws(DatasetError) {
    var bytes: [UInt8] = []
    var floats: [Float] = []
    if source.byteDivisor == nil {
      floats.reserveCapacity(source.count * size)
    } else {
      bytes.reserveCapacity(source.count * size)
    }
    try source.forEachBlock(size: size, path: path) { part in
      if let divisor = source.byteDivisor {
        bytes.append(contentsOf: part.map { Self.byte($0, divisor) })
      } else {
        floats.append(contentsOf: part)
      }
    }
    self = source.byteDivisor.map { .bytes(bytes, divisor: $0) } ?? .floats(floats)
  }

  /// The byte that was divided to give a value; off by far less than a half before it is rounded.
  @inline(__always)
  static func byte(_ value: Float, _ divisor: Float) -> UInt8 {
    UInt8(truncatingIfNeeded: Int32(min(max(value * divisor, 0), 255) + 0.5))
  }
}
