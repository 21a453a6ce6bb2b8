/// A place in the endless run of batches over the epochs; stored with a model so that training resumes.
public struct BatchPosition: Hashable, Codable, Sendable, Comparable {
  /// Which pass over the examples, from 0.
  public var epoch: Int
  /// Which batch of that pass, from 0; the number of batches means the beginning of the next pass.
  public var batch: Int

  /// The very first batch.
  public static let start = BatchPosition(epoch: 0, batch: 0)

  /// Makes a position.
  public init(epoch: Int, batch: Int) {
    self.epoch = epoch
    self.batch = batch
  }

  /// Whether one batch comes before another.
  public static func < (left: BatchPosition, right: BatchPosition) -> Bool {
    (left.epoch, left.batch) < (right.epoch, right.batch)
  }
}
