/// An array in a file, some rows of which can be read without the others.
///
/// Reading may happen on any thread, and on several at once.
protocol StoredArray: Sendable {
  /// The file, and the place in it where there are several, as messages name it.
  var path: String { get }
  /// Sizes along the axes, outermost first.
  var shape: [Int] { get }
  /// Whether the numbers are bytes.
  var holdsBytes: Bool { get }

  /// Reads some rows along the first axis as float32, rounded to the nearest.
  ///
  /// - Parameter target: room for exactly those.
  /// - Throws: ``DatasetError`` where the file can no longer be read.
  func copy(_ rows: Range<Int>, into target: UnsafeMutableBufferPointer<Float>) throws(DatasetError)
}

extension StoredArray {
  /// The classes that the array gives to examples: one axis of whole numbers from 0, or −1 where the class
  /// is not known.
  ///
  /// - Parameters:
  ///   - count: number of examples.
  ///   - examples: where those lie, for messages.
  /// - Throws: ``DatasetError/unsupportedDimensions(path:dimensions:expected:)``,
  ///   ``DatasetError/labelCount(images:imageCount:labels:labelCount:)``,
  ///   ``DatasetError/fractionalLabels(path:)`` and
  ///   ``DatasetError/badLabel(path:example:value:limit:)``.
  func labels(count: Int, of examples: String) throws(DatasetError) -> [Int] {
    guard shape.count == 1 else {
      throw .unsupportedDimensions(path: path, dimensions: shape, expected: "[n]")
    }
    guard shape[0] == count else {
      throw .labelCount(images: examples, imageCount: count, labels: path, labelCount: shape[0])
    }
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: count)
    defer { buffer.deallocate() }
    try copy(0..<count, into: buffer)
    var labels: [Int] = []
    for (example, value) in buffer.enumerated() {
      guard value.isFinite, value == value.rounded() else { throw .fractionalLabels(path: path) }
      let label = Int(exactly: value) ?? .max
      guard label >= Dataset.unknownLabel, label < Self.classLimit else {
        throw .badLabel(path: path, example: example, value: label, limit: Self.classLimit)
      }
      labels.append(label)
    }
    return labels
  }

  private static var classLimit: Int { 1 << 16 }
}
