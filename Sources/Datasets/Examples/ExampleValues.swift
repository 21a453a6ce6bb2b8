import Tensors

/// The values of all examples, one example after another: as they lie in memory, or where they are read.
enum ExampleValues: Sendable {
  /// Bytes that become model units by a division, such as by 255.
  case bytes([UInt8], divisor: Float)
  /// Numbers that are in model units already.
  case floats([Float])
  /// Indices of tokens.
  case tokens([Int32])
  /// Examples that are read when they are wanted, and what a first look at them told.
  case streamed(any ExampleSource, ExampleSummary)

  /// Number of examples of `size` values; `nil` where the values are no whole number of them.
  func exampleCount(size: Int) -> Int? {
    func quotient(_ count: Int) -> Int? { count.isMultiple(of: size) ? count / size : nil }
    return switch self {
    case .bytes(let bytes, _): quotient(bytes.count)
    case .floats(let floats): quotient(floats.count)
    case .tokens(let tokens): quotient(tokens.count)
    case .streamed(let source, _): source.count
    }
  }

  /// Writes rows of `size` values in model units one after another.
  ///
  /// - Throws: ``DatasetError`` where a streamed source can no longer be read.
  func copy(
    _ rows: some Collection<Int>, size: Int, to target: UnsafeMutableBufferPointer<Float>
  ) throws(DatasetError) {
    guard var place = target.baseAddress, !rows.isEmpty else { return }
    switch self {
    case .bytes(let bytes, let divisor):
      bytes.withUnsafeBufferPointer { source in
        for row in rows {
          ByteScaling.divide(
            source.baseAddress! + row * size, by: divisor, into: place, count: size)
          place += size
        }
      }
    case .floats(let floats):
      floats.withUnsafeBufferPointer { source in
        for row in rows {
          place.update(from: source.baseAddress! + row * size, count: size)
          place += size
        }
      }
    case .tokens(let tokens):
      for row in rows {
        for column in 0..<size { place[column] = Float(tokens[row * size + column]) }
        place += size
      }
    case .streamed(let source, _):
      let part = UnsafeMutableBufferPointer(start: place, count: rows.count * size)
      try source.copy(Array(rows), into: part)
    }
  }

  /// The rows `indices`, each of `size` values, in a new store.
  ///
  /// - Throws: ``DatasetError`` where a streamed source can no longer be read.
  func rows(_ indices: [Int], size: Int) throws(DatasetError) -> ExampleValues {
    func gather<Value>(_ values: [Value]) -> [Value] {
      var result: [Value] = []
      result.reserveCapacity(indices.count * size)
      for index in indices { result += values[index * size..<(index + 1) * size] }
      return result
    }
    switch self {
    case .bytes(let bytes, let divisor): return .bytes(gather(bytes), divisor: divisor)
    case .floats(let floats): return .floats(gather(floats))
    case .tokens(let tokens): return .tokens(gather(tokens))
    case .streamed(let source, _):
      let subset = SubsetSource(base: source, indices: indices)
      return .streamed(subset, try ExampleSummary(of: subset, size: size, path: "the data"))
    }
  }
}
