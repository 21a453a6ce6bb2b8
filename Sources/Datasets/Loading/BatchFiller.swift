import Tensors

/// The work of the prefetch thread of a ``BatchLoader``: fills buffers in the order of a schedule.
struct BatchFiller: Sendable {
  let dataset: Dataset
  let schedule: BatchSchedule
  let wantsLabels: Bool
  let queue: BatchQueue
  let start: BatchPosition
  /// The epoch to stop before, `nil` to go on for ever.
  let epochEnd: Int?

  /// Fills buffers until the last epoch ends or the queue is closed.
  func run() {
    // Without a batch in it, an epoch would never end.
    guard schedule.batchesPerEpoch > 0 else { return queue.close(discarding: false) }
    var position = start
    var order: [Int] = []
    var orderedEpoch: Int?
    while position.epoch < epochEnd ?? .max, let storage = queue.takeEmpty() {
      if orderedEpoch != position.epoch {
        order = schedule.order(ofEpoch: position.epoch)
        orderedEpoch = position.epoch
      }
      queue.put(fill(storage, with: order[schedule.range(ofBatch: position.batch)], position))
      position = position.advanced(in: schedule)
    }
    queue.close(discarding: false)
  }

  private func fill(
    _ storage: Storage, with indices: ArraySlice<Int>, _ position: BatchPosition
  ) -> FilledBuffer {
    storage.withMutableFloats { floats in
      dataset.copyExamples(indices, into: floats)
      floats[(indices.count * dataset.shape.featureCount)...].update(repeating: 0)
    }
    let labels = wantsLabels ? dataset.labels : nil
    return FilledBuffer(
      storage: storage, count: indices.count,
      labels: labels.map { labels in indices.map { Int32(labels[$0]) } } ?? [],
      position: position, nextPosition: position.advanced(in: schedule))
  }
}
