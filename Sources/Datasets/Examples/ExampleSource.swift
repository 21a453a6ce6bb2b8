/// Examples that stay where they are, on disk say, and are read when they are wanted.
///
/// Reading may happen on any thread, and on several at once.
public protocol ExampleSource: Sendable {
  /// Number of examples.
  var count: Int { get }

  /// Writes examples one after another, in model units.
  ///
  /// - Parameters:
  ///   - rows: which examples, in which order; repeats are allowed.
  ///   - target: room for exactly those.
  /// - Throws: ``DatasetError`` where a file can no longer be read.
  func copy(_ rows: [Int], into target: UnsafeMutableBufferPointer<Float>) throws(DatasetError)
}

/// Some of the examples of another source.
struct SubsetSource: ExampleSource {
  let base: any ExampleSource
  let indices: [Int]

  var count: Int { indices.count }

  func copy(_ rows: [Int], into target: UnsafeMutableBufferPointer<Float>) throws(DatasetError) {
    try base.copy(rows.map { indices[$0] }, into: target)
  }
}
