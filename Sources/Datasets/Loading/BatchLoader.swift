import Foundation
import Tensors

/// Hands out batches of a data set, filled ahead of time by a thread of its own.
///
/// The batches run on over the epochs without a pause in between, and may begin anywhere, so that a
/// resumed training sees exactly what an uninterrupted one would have seen:
///
///     let loader = try BatchLoader(digits, batchSize: 64, order: .shuffled(seed: 1), epochs: 10)
///     while let batch = try loader.nextBatch() {
///       step(batch.storage, batch.count)
///     }
///
/// A batch gives its buffer back when it goes out of scope. The thread ends when the last epoch is
/// used up, at ``cancel()``, or with the loader.
public final class BatchLoader: Sendable {
  /// The data that batches are taken from.
  public let dataset: Dataset
  /// Which examples make up which batch.
  public let schedule: BatchSchedule
  let queue: BatchQueue

  /// Starts to fill batches.
  ///
  /// - Parameters:
  ///   - dataset: the data that batches are taken from.
  ///   - indices: the examples to visit, such as ``Split/train``; `nil` for all.
  ///   - batchSize: examples in a full batch.
  ///   - order: as listed, or shuffled by a seed.
  ///   - dropsLast: whether a last batch that is not full is left out.
  ///   - start: the first batch to hand out.
  ///   - epochs: number of epochs, counted from epoch 0 wherever the loader starts; `nil` for no end.
  ///   - contents: what batches carry beside their examples.
  ///   - bufferCount: number of buffers that batches are filled ahead into.
  /// - Throws: ``DatasetError/positionOutside(epoch:batch:batchesPerEpoch:)``.
  /// - Precondition: `batchSize` is at least 1, `bufferCount` at least 2, every index is in the data and, where neighbours
  ///   are asked for, in ``Dataset/examplesBetweenNeighbours``.
  public init(
    _ dataset: Dataset, indices: [Int]? = nil, batchSize: Int, order: BatchOrder,
    dropsLast: Bool = false, startingAt start: BatchPosition = .start, epochs: Int? = nil,
    contents: BatchContents = [], bufferCount: Int = 3
  ) throws(DatasetError) {
    precondition(bufferCount >= 2, "batches are filled ahead into 2 buffers or more")
    for index in indices ?? [] {
      precondition(
        index >= 0 && index < dataset.count, "example \(index) of \(dataset.count)")
    }
    if contents.contains(.neighbours) {
      let allowed = Set(dataset.examplesBetweenNeighbours)
      precondition(
        (indices ?? Array(0..<dataset.count)).allSatisfy(allowed.contains),
        "an example of '\(dataset.name)' has no neighbours")
    }
    schedule = BatchSchedule(
      indices: indices ?? Array(0..<dataset.count), batchSize: batchSize, order: order,
      dropsLast: dropsLast)
    let start = try schedule.checked(start)
    self.dataset = dataset
    let layout = BatchLayout(
      contents: contents, size: dataset.shape.featureCount, batchSize: batchSize)
    queue = BatchQueue(count: bufferCount, bufferSizes: layout.bufferSizes)
    let filler = BatchFiller(
      dataset: dataset, schedule: schedule, contents: contents, queue: queue, start: start,
      epochEnd: epochs)
    // The thread holds the queue, never the loader, so the loader can go at any time.
    let thread = Thread { filler.run() }
    thread.name = "batches"
    thread.start()
  }

  deinit { queue.close(discarding: true) }

  /// Number of batches in an epoch; 0 where there are too few examples for one.
  public var batchesPerEpoch: Int { schedule.batchesPerEpoch }

  /// The next batch; waits until it is filled, `nil` after the last epoch and once cancelled.
  ///
  /// Holding on to many batches at once is allowed: the loader makes more buffers then.
  ///
  /// - Throws: ``DatasetError`` where examples on disk can no longer be read.
  public func nextBatch() throws(DatasetError) -> LoadedBatch? {
    guard let filled = try queue.takeFilled() else { return nil }
    return LoadedBatch(filled, shape: dataset.shape, from: queue)
  }

  /// Calls `body` with the next batch and takes its buffer back afterwards; returns `nil` after the
  /// last epoch and once cancelled.
  ///
  /// - Throws: what `body` throws, or ``DatasetError`` as ``nextBatch()``.
  public func withNextBatch<Result>(
    _ body: (borrowing LoadedBatch) throws -> Result
  ) throws -> Result? {
    guard let batch = try nextBatch() else { return nil }
    return try body(batch)
  }

  /// Ends the loader: the thread stops after the batch it is filling, and no batch is handed out any
  /// more, also to somebody who waits for one.
  public func cancel() {
    queue.close(discarding: true)
  }
}
