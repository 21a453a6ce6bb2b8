extension TrainingData {
  /// Calls `body` with the examples trained on, a block at a time, in order.
  ///
  /// - Parameters:
  ///   - count: examples in a block; the last may have fewer.
  ///   - body: is given examples `[B, featureCount]`.
  /// - Throws: what `body` throws, or `DatasetError` where examples can no longer be read.
  /// - Precondition: `count` is positive.
  public func forEachBlock(of count: Int, _ body: (NDArray) throws -> Void) throws {
    for start in stride(from: 0, to: self.count, by: count) {
      let places = start..<min(start + count, self.count)
      let examples = try dataset.examples(indices.map { Array($0[places]) } ?? Array(places))
      let flat = Shape([places.count, dataset.shape.featureCount])
      try body(NDArray(examples.scalars, shape: flat))
    }
  }
}
