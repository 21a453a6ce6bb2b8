import Tensors

/// A batch of examples on loan from a ``BatchLoader``.
///
/// It cannot be copied, and its buffer goes back to the loader when it goes out of scope, so a buffer
/// is neither lost nor filled anew while somebody reads it. Do not keep ``storage`` for longer.
public struct LoadedBatch: ~Copyable, Sendable {
  /// The examples one after another in model units, room for `batchSize × featureCount` numbers; in the
  /// last batch of an epoch only the first `count × featureCount` belong to it, the rest is zero.
  public let storage: Storage
  /// Number of examples, at least 1.
  public let count: Int
  /// The class of each example, `count` of them; empty where there are no labels or none were asked for.
  public let labels: [Int32]
  /// Where the batch stands in the run over the epochs.
  public let position: BatchPosition
  /// Where to resume once this batch has been used.
  public let nextPosition: BatchPosition
  /// Shape of the batch: `[B, C, H, W]` or `[B, features]`.
  public let shape: Shape
  private let queue: BatchQueue

  /// Whether the epoch ends with this batch.
  public var endsEpoch: Bool { nextPosition.epoch > position.epoch }

  /// The examples as an array of their own, which may be kept.
  public func examples() -> NDArray {
    storage.withFloats { NDArray(Array($0.prefix(shape.count)), shape: shape) }
  }

  init(_ filled: FilledBuffer, shape: DataShape, from queue: BatchQueue) {
    storage = filled.storage
    count = filled.count
    labels = filled.labels
    position = filled.position
    nextPosition = filled.nextPosition
    self.shape = shape.batched(filled.count)
    self.queue = queue
  }

  deinit { queue.giveBack(storage) }
}

/// A buffer with a batch in it, on its way from the prefetch thread to the consumer.
struct FilledBuffer {
  let storage: Storage
  let count: Int
  let labels: [Int32]
  let position: BatchPosition
  let nextPosition: BatchPosition
}
