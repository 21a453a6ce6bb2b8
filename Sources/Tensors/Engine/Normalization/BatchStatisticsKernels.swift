internal import CKernels

/// Mean and squared distances of each channel over parts of a batch, shared out by parts.
struct BatchStatisticsKernel: Kernel {
  let batch: BatchGeometry
  /// Channels last.
  let x: ValueID
  /// `[parts, 2, C]`
  let result: ValueID

  var label: String { "BatchNormalization \(batch.shape), statistics" }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let mine = share(of: batch.parts, worker: worker, in: workers)
    guard !mine.isEmpty else { return [] }
    let size = 2 * batch.channels
    return [
      .read(x, batch.elements(ofParts: mine)),
      .write(result, mine.lowerBound * size..<mine.upperBound * size),
    ]
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let (batch, from, to) = (batch, memory[x], memory[result])
    let mine = share(of: batch.parts, worker: worker, in: workers)
    let channels = batch.channels
    memory.wantScratch(
      bytes: Int(lz_channel_scratch(Int64(channels))) * MemoryLayout<Float>.stride)
    return { frame in
      let scratch = frame.scratch.assumingMemoryBound(to: Float.self)
      for part in mine {
        let images = batch.images(ofPart: part)
        let mean = frame.floats(to) + 2 * part * channels
        lz_channel_statistics(
          frame.floats(from) + images.lowerBound * batch.size, Int64(images.count * batch.places),
          Int64(channels), mean, mean + channels, scratch)
      }
      return 0
    }
  }
}

/// Mean and variance of each channel from the statistics of parts, shared out by channels.
struct MergedStatisticsKernel: Kernel {
  let batch: BatchGeometry
  /// `[parts, 2, C]`
  let parts: ValueID
  let mean: ValueID
  let variance: ValueID

  var label: String { "BatchNormalization \(batch.shape), merged statistics" }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let mine = share(of: batch.channels, worker: worker, in: workers)
    guard !mine.isEmpty else { return [] }
    return [
      .read(parts, 0..<batch.parts * 2 * batch.channels), .write(mean, mine),
      .write(variance, mine),
    ]
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let (batch, from, mean, variance) = (batch, memory[parts], memory[mean], memory[variance])
    let mine = share(of: batch.channels, worker: worker, in: workers)
    return { frame in
      batch.mergeStatistics(
        frame.floats(from), frame.floats(mean), frame.floats(variance), channels: mine)
      return 0
    }
  }
}
