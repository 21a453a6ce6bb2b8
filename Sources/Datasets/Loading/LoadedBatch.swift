import Tensors

/// A batch of examples on loan from a ``BatchLoader``.
///
/// It cannot be copied, and its buffer goes back to the loader when it goes out of scope, so a buffer
/// is neither lost nor filled anew while somebody reads it. Do not keep ``storage`` for longer.
public struct LoadedBatch: ~Copyable, Sendable {
  /// The examples and, in this order and as far as they were asked for, their labels, the previous and the next
  /// examples, labelled examples and the labels of those.
  ///
  /// Examples lie one after another in model units, room for `batchSize × featureCount` numbers; in the last batch of an
  /// epoch only the first `count × featureCount` belong to it, the rest is zero.
  public let storages: [Storage]
  /// Number of examples, at least 1.
  public let count: Int
  /// Where the batch stands in the run over the epochs.
  public let position: BatchPosition
  /// Where to resume once this batch has been used.
  public let nextPosition: BatchPosition
  /// Shape of the batch: `[B, C, H, W]` or `[B, features]`.
  public let shape: Shape
  private let queue: BatchQueue

  /// The first of ``storages``: the examples.
  public var storage: Storage { storages[0] }

  /// Whether the epoch ends with this batch.
  public var endsEpoch: Bool { nextPosition.epoch > position.epoch }

  /// The examples as an array of their own, which may be kept.
  public func examples() -> NDArray {
    storage.withFloats { NDArray(Array($0.prefix(shape.count)), shape: shape) }
  }

  init(_ filled: FilledBuffer, shape: DataShape, from queue: BatchQueue) {
    storages = filled.storages
    count = filled.count
    position = filled.position
    nextPosition = filled.nextPosition
    self.shape = shape.batched(filled.count)
    self.queue = queue
  }

  deinit { queue.giveBack(storages) }
}

/// A buffer with a batch in it, on its way from the prefetch thread to the consumer.
struct FilledBuffer {
  let storages: [Storage]
  let count: Int
  let position: BatchPosition
  let nextPosition: BatchPosition
}
