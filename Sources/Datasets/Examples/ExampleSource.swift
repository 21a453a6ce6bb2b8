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
