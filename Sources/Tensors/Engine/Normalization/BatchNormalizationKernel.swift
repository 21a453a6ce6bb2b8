internal import CKernels

/// Normalises each channel of a batch, shared out by images.
struct BatchNormalizationKernel: Kernel {
  enum Statistics {
    case known(mean: ValueID, variance: ValueID)
    /// `[parts, 2, C]`; each worker merges them for itself, which costs less than to wait for one who does.
    case parts(ValueID)
  }

  let batch: BatchGeometry
  let epsilon: Float
  /// Channels last.
  let x: ValueID
  let weight: ValueID
  let bias: ValueID
  let statistics: Statistics
  /// Channels last.
  let result: ValueID
  let hasRelu: Bool

  var label: String { "BatchNormalization \(batch.shape)\(hasRelu ? "+Relu" : "")" }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let mine = batch.images(ofWorker: worker, in: workers)
    guard !mine.isEmpty else { return [] }
    let channels = 0..<batch.channels
    let ofStatistics: [Access] =
      switch statistics {
      case .known(let mean, let variance): [.read(mean, channels), .read(variance, channels)]
      case .parts(let parts): [.read(parts, 0..<batch.parts * 2 * batch.channels)]
      }
    return ofStatistics + [
      .read(x, batch.elements(mine)), .read(weight, channels), .read(bias, channels),
      .write(result, batch.elements(mine)),
    ]
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let (batch, epsilon, isRectified) = (batch, epsilon, Int32(hasRelu ? 1 : 0))
    let mine = batch.images(ofWorker: worker, in: workers)
    let first = batch.elements(mine).lowerBound
    let from = memory[x].advanced(byElements: first)
    let to = memory[result].advanced(byElements: first)
    let (weight, bias) = (memory[weight], memory[bias])
    let find = findStatistics(memory)
    let channels = batch.channels
    memory.wantScratch(bytes: 4 * channels * MemoryLayout<Float>.stride)
    return { frame in
      let scratch = frame.scratch.assumingMemoryBound(to: Float.self)
      let (mean, variance) = find(frame, scratch)
      let (inverse, scale) = (scratch + 2 * channels, scratch + 3 * channels)
      lz_inverse_deviation(
        variance, frame.floats(weight), epsilon, Int64(channels), inverse, scale)
      lz_normalize_channels(
        frame.floats(from), frame.floats(to), Int64(mine.count * batch.places), Int64(channels),
        mean, scale, frame.floats(bias), isRectified)
      return 0
    }
  }

  private typealias Found = (mean: UnsafePointer<Float>, variance: UnsafePointer<Float>)

  /// Finds mean and variance where they lie, or merges them in scratch memory for `2 · C` numbers.
  private func findStatistics(
    _ memory: MemoryMap
  ) -> (Frame, UnsafeMutablePointer<Float>) -> Found {
    switch statistics {
    case .known(let mean, let variance):
      let (mean, variance) = (memory[mean], memory[variance])
      return { frame, _ in
        (UnsafePointer(frame.floats(mean)), UnsafePointer(frame.floats(variance)))
      }
    case .parts(let parts):
      let (batch, parts) = (batch, memory[parts])
      return { frame, scratch in
        let variance = scratch + batch.channels
        batch.mergeStatistics(
          frame.floats(parts), scratch, variance, channels: 0..<batch.channels)
        return (UnsafePointer(scratch), UnsafePointer(variance))
      }
    }
  }
}
