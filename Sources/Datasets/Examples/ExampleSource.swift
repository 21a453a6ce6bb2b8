/// Examples that stay where they are, on disk say, and are read when they are wanted.
///
/// Reading may happen on any thread, and on several at once.
public protocol ExampleSource: Sendable {
  /// Number of examples.
  var count: Int { get }

  /// What bytes are divided by to reach model units, such as 255; `nil`, the default, where the source
  /// does not hold bytes. The checksum of a data set is that of the bytes then.
  var byteDivisor: Float? { get }

  /// Writes examples one after another, in model units.
  ///
  /// - Parameters:
  ///   - rows: which examples, in which order; repeats are allowed.
  ///   - target: room for exactly those.
  /// - Throws: ``DatasetError`` where a file can no longer be read.
  func copy(_ rows: [Int], into target: UnsafeMutableBufferPointer<Float>) throws(DatasetError)
}

extension ExampleSource {
  public var byteDivisor: Float? { nil }
}

extension ExampleSource {
  /// Reads all examples in their order, a block of rows at a time.
  ///
  /// - Parameters:
  ///   - size: numbers in an example.
  ///   - path: names the source in errors.
  ///   - body: gets the numbers of a block, all finite.
  /// - Throws: ``DatasetError/notFinite(path:example:)``, or what reading throws.
  func forEachBlock(
    size: Int, path: String, _ body: (UnsafeBufferPointer<Float>) -> Void
  ) throws(DatasetError) {
    let block = max(1, (1 << 20) / max(size, 1))
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: block * size)
    defer { buffer.deallocate() }
    for start in stride(from: 0, to: count, by: block) {
      let rows = Array(start..<min(start + block, count))
      let part = UnsafeMutableBufferPointer(rebasing: buffer[..<(rows.count * size)])
      try copy(rows, into: part)
      if let place = firstNonFinite(in: UnsafeBufferPointer(part)) {
        throw .notFinite(path: path, example: start + place / size)
      }
      body(UnsafeBufferPointer(part))
    }
  }
}

/// Some of the examples of another source.
struct SubsetSource: ExampleSource {
  let base: any ExampleSource
  let indices: [Int]

  var count: Int { indices.count }
  var byteDivisor: Float? { base.byteDivisor }

  func copy(_ rows: [Int], into target: UnsafeMutableBufferPointer<Float>) throws(DatasetError) {
    try base.copy(rows.map { indices[$0] }, into: target)
  }
}
