import Tensors

/// The work of the prefetch thread of a ``BatchLoader``: fills buffers in the order of a schedule.
struct BatchFiller: Sendable {
  let dataset: Dataset
  let schedule: BatchSchedule
  let contents: BatchContents
  let queue: BatchQueue
  let start: BatchPosition
  /// The epoch to stop before, `nil` to go on for ever.
  let epochEnd: Int?

  /// Fills buffers until the last epoch ends, the queue is closed or the data cannot be read.
  func run() {
    // Without a batch in it, an epoch would never end.
    guard schedule.batchesPerEpoch > 0 else { return queue.close(discarding: false) }
    var position = start
    var order: [Int] = []
    var orderedEpoch: Int?
    var labelled = labelledStream()
    do throws(DatasetError) {
      while position.epoch < epochEnd ?? .max, let storages = queue.takeEmpty() {
        if orderedEpoch != position.epoch {
          order = schedule.order(ofEpoch: position.epoch)
          orderedEpoch = position.epoch
        }
        let indices = order[schedule.range(ofBatch: position.batch)]
        try fill(storages, with: indices, position, &labelled)
        queue.put(
          FilledBuffer(
            storages: storages, count: indices.count, position: position,
            nextPosition: position.advanced(in: schedule)))
        position = position.advanced(in: schedule)
      }
      queue.close(discarding: false)
    } catch {
      queue.fail(error)
    }
  }

  private func labelledStream() -> LabelledStream {
    let isNeeded = contents.contains(.labelledExamples)
    let known = isNeeded ? schedule.indices.filter { (dataset.labels?[$0] ?? -1) >= 0 } : []
    guard case .shuffled(let seed) = schedule.order else { return LabelledStream(known, seed: 0) }
    return LabelledStream(known, seed: seed)
  }

  private func fill(
    _ storages: [Storage], with indices: ArraySlice<Int>, _ position: BatchPosition,
    _ labelled: inout LabelledStream
  ) throws(DatasetError) {
    var rest = storages[...]
    try fill(rest.removeFirst(), with: indices)
    if contents.contains(.labels) { fillLabels(rest.removeFirst(), of: indices) }
    if contents.contains(.neighbours) {
      try fill(rest.removeFirst(), with: indices.map { $0 - 1 })
      try fill(rest.removeFirst(), with: indices.map { $0 + 1 })
    }
    if contents.contains(.labelledExamples) {
      let number = position.epoch * schedule.batchesPerEpoch + position.batch
      let chosen = labelled.examples(from: number * schedule.batchSize, count: indices.count)
      try fill(rest.removeFirst(), with: chosen)
      fillLabels(rest.removeFirst(), of: chosen)
    }
  }

  private func fill(
    _ storage: Storage, with indices: some Collection<Int>
  ) throws(DatasetError) {
    var failure: DatasetError?
    storage.withMutableFloats { floats in
      do throws(DatasetError) {
        try dataset.copyExamples(indices, into: floats)
      } catch {
        failure = error
      }
      floats[(indices.count * dataset.shape.featureCount)...].update(repeating: 0)
    }
    if let failure { throw failure }
  }

  private func fillLabels(_ storage: Storage, of indices: some Collection<Int>) {
    storage.withMutableFloats { floats in
      for (place, index) in indices.enumerated() {
        floats[place] = Float(dataset.labels?[index] ?? Dataset.unknownLabel)
      }
      floats[indices.count...].update(repeating: 0)
    }
  }
}
