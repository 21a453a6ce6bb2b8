/// How the axes of a stored array are those of examples.
struct ArrayLayout: Hashable, Sendable {
  /// The shape of one example.
  let shape: DataShape
  /// Whether images are stored `[rows, columns, channels]` and have to be turned to `[C, H, W]`.
  let isChannelsLast: Bool

  /// Understands `[n, features]`, `[n, rows, columns]`, `[n, channels, rows, columns]` and, where the last
  /// axis alone can be that of 1 or 3 channels, `[n, rows, columns, channels]`.
  ///
  /// - Throws: ``DatasetError/unsupportedDimensions(path:dimensions:expected:)`` and
  ///   ``DatasetError/noExamples(path:)``.
  init(of array: some StoredArray) throws(DatasetError) {
    let inner = Array(array.shape.dropFirst())
    guard (1...3).contains(inner.count) else {
      throw .unsupportedDimensions(
        path: array.path, dimensions: array.shape,
        expected: "[n, features], [n, rows, columns], [n, channels, rows, columns] or "
          + "[n, rows, columns, channels]")
    }
    guard array.shape.allSatisfy({ $0 > 0 }) else { throw .noExamples(path: array.path) }
    guard let bytes = checkedProduct(inner + [4]), bytes <= InputLimit.bytes else {
      throw .tooLarge(
        path: array.path, bytes: checkedProduct(inner + [4]) ?? .max, limit: InputLimit.bytes)
    }
    isChannelsLast = inner.count == 3 && !Self.isChannels(inner[0]) && Self.isChannels(inner[2])
    switch inner.count {
    case 1: shape = DataShape(inner)
    case 2: shape = DataShape([1] + inner)
    default: shape = DataShape(isChannelsLast ? [inner[2], inner[0], inner[1]] : inner)
    }
  }

  private static func isChannels(_ size: Int) -> Bool { size == 1 || size == 3 }

  /// Turns one example from the order in which it is stored to `[C, H, W]`.
  func reorder(
    _ source: UnsafeBufferPointer<Float>, into target: UnsafeMutableBufferPointer<Float>
  ) {
    let channels = shape.channels ?? 1
    let plane = source.count / channels
    for pixel in 0..<plane {
      for channel in 0..<channels {
        target[channel * plane + pixel] = source[pixel * channels + channel]
      }
    }
  }
}
