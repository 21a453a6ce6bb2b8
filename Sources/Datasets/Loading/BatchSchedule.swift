import Tensors

/// The order in which examples are visited in an epoch.
public enum BatchOrder: Hashable, Codable, Sendable {
  /// As they are listed, the same in every epoch.
  case listed
  /// Shuffled anew for every epoch; the seed and the epoch alone decide how.
  case shuffled(seed: UInt64)
}

/// Which examples make up which batch, a pure function of counts, order and seed.
public struct BatchSchedule: Hashable, Sendable {
  /// The examples that are visited, as indices into the data set.
  public let indices: [Int]
  /// Examples in a full batch.
  public let batchSize: Int
  /// The order in which they are visited.
  public let order: BatchOrder
  /// Whether a last batch that is not full is left out.
  public let dropsLast: Bool

  /// Makes a schedule.
  ///
  /// - Precondition: `batchSize` is at least 1.
  public init(indices: [Int], batchSize: Int, order: BatchOrder, dropsLast: Bool = false) {
    precondition(batchSize >= 1, "a batch holds at least one example, got \(batchSize)")
    self.indices = indices
    self.batchSize = batchSize
    self.order = order
    self.dropsLast = dropsLast
  }

  /// Number of batches in an epoch; 0 where there are no examples to fill one.
  public var batchesPerEpoch: Int {
    let rest = indices.count % batchSize
    return indices.count / batchSize + (rest == 0 || dropsLast ? 0 : 1)
  }

  /// All examples in the order of one epoch, as indices into the data set.
  ///
  /// A shuffled epoch is the permutation drawn from `RandomSource(seed:).forked("shuffle-<epoch>")`.
  public func order(ofEpoch epoch: Int) -> [Int] {
    switch order {
    case .listed:
      return indices
    case .shuffled(let seed):
      var random = RandomSource(seed: seed).forked("shuffle-\(epoch)")
      return random.permutation(indices.count).map { indices[$0] }
    }
  }

  /// Where in the order of an epoch one batch lies.
  ///
  /// - Precondition: `batch` is in `0..<batchesPerEpoch`.
  public func range(ofBatch batch: Int) -> Range<Int> {
    precondition(
      batch >= 0 && batch < batchesPerEpoch, "batch \(batch) of \(batchesPerEpoch) in an epoch")
    return batch * batchSize..<min((batch + 1) * batchSize, indices.count)
  }

  /// Checks a stored position and moves the end of an epoch to the beginning of the next.
  ///
  /// - Throws: ``DatasetError/positionOutside(epoch:batch:batchesPerEpoch:)``.
  func checked(_ position: BatchPosition) throws(DatasetError) -> BatchPosition {
    guard position.epoch >= 0, position.batch >= 0, position.batch <= batchesPerEpoch else {
      throw .positionOutside(
        epoch: position.epoch, batch: position.batch, batchesPerEpoch: batchesPerEpoch)
    }
    return position.batch < batchesPerEpoch || position.batch == 0
      ? position : position.advanced(in: self)
  }
}

extension BatchPosition {
  /// The position after this one.
  func advanced(in schedule: BatchSchedule) -> BatchPosition {
    batch + 1 < schedule.batchesPerEpoch
      ? BatchPosition(epoch: epoch, batch: batch + 1) : BatchPosition(epoch: epoch + 1, batch: 0)
  }
}
