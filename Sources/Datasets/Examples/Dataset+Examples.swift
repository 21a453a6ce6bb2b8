import Tensors

extension Dataset {
  /// Writes the chosen examples one after another, in model units.
  ///
  /// - Parameters:
  ///   - indices: which examples, in which order; repeats are allowed.
  ///   - target: room for at least `indices.count × shape.featureCount` numbers; what lies beyond them
  ///     is left as it is.
  /// - Precondition: every index is in `0..<count` and `target` is large enough.
  public func copyExamples(
    _ indices: some Collection<Int>, into target: UnsafeMutableBufferPointer<Float>
  ) {
    let size = shape.featureCount
    precondition(
      target.count >= indices.count * size,
      "\(indices.count) examples of shape \(shape) need \(indices.count * size) numbers, "
        + "the target holds \(target.count)")
    guard var place = target.baseAddress else { return }
    for index in indices {
      precondition(index >= 0 && index < count, "example \(index) of \(count)")
      values.copy(index * size..<(index + 1) * size, to: place)
      place += size
    }
  }

  /// The chosen examples in model units, `[B, C, H, W]` or `[B, features]`.
  ///
  /// - Precondition: every index is in `0..<count`.
  public func examples(_ indices: some Collection<Int>) -> NDArray {
    var batch = NDArray(repeating: 0, shape: shape.batched(indices.count))
    batch.scalars.withUnsafeMutableBufferPointer { copyExamples(indices, into: $0) }
    return batch
  }

  /// The chosen examples as a data set of its own, with its own count and checksum.
  ///
  /// - Precondition: every index is in `0..<count`.
  public func subset(_ indices: [Int]) -> Dataset {
    for index in indices {
      precondition(index >= 0 && index < count, "example \(index) of \(count)")
    }
    return Dataset(
      name: name, shape: shape, values: values.rows(indices, size: shape.featureCount),
      divisor: divisor, labels: labels.map { labels in indices.map { labels[$0] } },
      labelNames: labelNames, origin: origin)
  }

  /// The first `maximum` examples as a data set of its own; all where there are no more than that.
  ///
  /// - Precondition: `maximum` is not negative.
  public func prefix(_ maximum: Int) -> Dataset {
    precondition(maximum >= 0, "a prefix has no negative length, got \(maximum)")
    return maximum >= count ? self : subset(Array(0..<maximum))
  }

  private var origin: DataOrigin {
    DataOrigin(
      source: provenance.source, licence: provenance.licence, citation: provenance.citation,
      url: provenance.url)
  }
}
