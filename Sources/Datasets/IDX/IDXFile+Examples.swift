extension IDXFile {
  /// Shape of one example: `[n, rows, columns]` are grey images, `[n, rows, columns, 3]` RGB images with
  /// channels last, `[n, features]` vectors.
  ///
  /// - Throws: ``DatasetError/noExamples(path:)`` and
  ///   ``DatasetError/unsupportedDimensions(path:dimensions:expected:)``.
  func exampleShape() throws(DatasetError) -> DataShape {
    guard let count = dimensions.first, count > 0 else { throw .noExamples(path: path) }
    let inner = Array(dimensions.dropFirst())
    guard inner.allSatisfy({ $0 > 0 }) else { throw unsupported }
    switch inner.count {
    case 1: return DataShape(inner)
    case 2: return DataShape([1] + inner)
    case 3 where inner[2] == 3: return DataShape([3, inner[0], inner[1]])
    default: throw unsupported
    }
  }

  private var unsupported: DatasetError {
    .unsupportedDimensions(
      path: path, dimensions: dimensions,
      expected: "[n, features], [n, rows, columns] or [n, rows, columns, 3]")
  }

  /// The examples as a data set holds them: bytes to be divided by 255, other types as float32.
  ///
  /// - Throws: ``DatasetError/notFinite(path:example:)``.
  func exampleValues(_ shape: DataShape) throws(DatasetError) -> ExampleValues {
    guard type != .unsignedByte else {
      return .bytes(channelsFirst(payload, shape), divisor: 255)
    }
    let floats = payload.withUnsafeBytes(type.floats)
    if let position = floats.withUnsafeBufferPointer({ firstNonFinite(in: $0) }) {
      throw .notFinite(path: path, example: position / shape.featureCount)
    }
    return .floats(channelsFirst(floats, shape))
  }

  /// The class of each example, checked to be less than `limit`.
  ///
  /// - Throws: ``DatasetError/unsupportedDimensions(path:dimensions:expected:)``,
  ///   ``DatasetError/fractionalLabels(path:)`` and
  ///   ``DatasetError/badLabel(path:example:value:limit:)``.
  func labels(limit: Int = 1 << 16) throws(DatasetError) -> [Int] {
    guard dimensions.count == 1 else {
      throw .unsupportedDimensions(path: path, dimensions: dimensions, expected: "[n]")
    }
    guard let labels = payload.withUnsafeBytes(type.integers) else {
      throw .fractionalLabels(path: path)
    }
    if let example = labels.firstIndex(where: { $0 < 0 || $0 >= limit }) {
      throw .badLabel(path: path, example: example, value: labels[example], limit: limit)
    }
    return labels
  }

  /// Reorders `[n, rows, columns, 3]` to `[n, 3, rows, columns]`; leaves all else as it is.
  private func channelsFirst<Value>(_ values: [Value], _ shape: DataShape) -> [Value] {
    guard shape.channels == 3 else { return values }
    let plane = shape.featureCount / 3
    return [Value](unsafeUninitializedCapacity: values.count) { target, count in
      values.withUnsafeBufferPointer { source in
        for start in stride(from: 0, to: values.count, by: 3 * plane) {
          for pixel in 0..<plane {
            for channel in 0..<3 {
              (target.baseAddress! + start + channel * plane + pixel).initialize(
                to: source[start + 3 * pixel + channel])
            }
          }
        }
      }
      count = values.count
    }
  }
}
