import Tensors

extension Dataset {
  /// Writes the chosen examples one after another, in model units.
  ///
  /// - Parameters:
  ///   - indices: which examples, in which order; repeats are allowed.
  ///   - target: room for at least `indices.count × shape.featureCount` numbers; what lies beyond them
  ///     is left as it is.
  /// - Throws: ``DatasetError`` where examples on disk can no longer be read.
  /// - Precondition: every index is in `0..<count` and `target` is large enough.
  public func copyExamples(
    _ indices: some Collection<Int>, into target: UnsafeMutableBufferPointer<Float>
  ) throws(DatasetError) {
    let size = shape.featureCount
    precondition(
      target.count >= indices.count * size,
      "\(indices.count) examples of shape \(shape) need \(indices.count * size) numbers, "
        + "the target holds \(target.count)")
    for index in indices {
      precondition(index >= 0 && index < count, "example \(index) of \(count)")
    }
    try values.copy(indices, size: size, to: target)
  }

  /// The chosen examples in model units, `[B, C, H, W]` or `[B, features]`.
  ///
  /// - Throws: ``DatasetError`` where examples on disk can no longer be read.
  /// - Precondition: every index is in `0..<count`.
  public func examples(_ indices: some Collection<Int>) throws(DatasetError) -> NDArray {
    var batch = NDArray(repeating: 0, shape: shape.batched(indices.count))
    var failure: DatasetError?
    batch.scalars.withUnsafeMutableBufferPointer { target in
      do throws(DatasetError) {
        try copyExamples(indices, into: target)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return batch
  }

  /// The chosen examples as a data set of its own, with its own count and checksum.
  ///
  /// - Throws: ``DatasetError`` where examples on disk can no longer be read.
  /// - Precondition: every index is in `0..<count`.
  public func subset(_ indices: [Int]) throws(DatasetError) -> Dataset {
    for index in indices {
      precondition(index >= 0 && index < count, "example \(index) of \(count)")
    }
    return try subset(indices, traits: traits.subset(indices))
  }

  private func subset(
    _ indices: [Int], traits: DatasetTraits
  ) throws(DatasetError) -> Dataset {
    return Dataset(
      name: name, shape: shape, values: try values.rows(indices, size: shape.featureCount),
      divisor: divisor, labels: labels.map { labels in indices.map { labels[$0] } },
      labelNames: labelNames, traits: traits, origin: origin)
  }

  /// The first `maximum` examples as a data set of its own; all where there are no more than that.
  ///
  /// - Throws: ``DatasetError`` where examples on disk can no longer be read.
  /// - Precondition: `maximum` is not negative.
  public func prefix(_ maximum: Int) throws(DatasetError) -> Dataset {
    precondition(maximum >= 0, "a prefix has no negative length, got \(maximum)")
    guard maximum < count else { return self }
    return try subset(Array(0..<maximum), traits: traits.prefix(maximum))
  }

  /// The same examples with labels for only some of them, evenly spread over the classes.
  ///
  /// - Parameters:
  ///   - kept: number of labels that stay; all where there are no more.
  ///   - seed: decides which.
  /// - Precondition: `kept` is not negative.
  public func hidingLabels(keeping kept: Int, seed: UInt64) -> Dataset {
    precondition(kept >= 0, "no fewer than 0 labels can be kept, got \(kept)")
    guard let labels, kept < count else { return self }
    var random = RandomSource(seed: seed).forked("labels")
    var byClass = [[Int]](repeating: [], count: labelNames.count)
    for example in random.permutation(count) where labels[example] >= 0 {
      byClass[labels[example]].append(example)
    }
    var shown = [Int](repeating: Self.unknownLabel, count: count)
    var (rest, round) = (kept, 0)
    while rest > 0, byClass.contains(where: { $0.count > round }) {
      for members in byClass where members.count > round && rest > 0 {
        shown[members[round]] = labels[members[round]]
        rest -= 1
      }
      round += 1
    }
    return Dataset(
      name: name, shape: shape, values: values, divisor: divisor, labels: shown,
      labelNames: labelNames, traits: traits, origin: origin)
  }

  var origin: DataOrigin {
    DataOrigin(
      source: provenance.source, licence: provenance.licence, citation: provenance.citation,
      url: provenance.url)
  }
}
