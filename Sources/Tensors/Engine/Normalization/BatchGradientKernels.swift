internal import CKernels

/// What the gradients of a batch normalisation are made from.
struct BatchGradientOperands {
  let batch: BatchGeometry
  let epsilon: Float
  /// Channels last.
  let x: ValueID
  /// The result's, channels last.
  let gradient: ValueID
  let weight: ValueID
  /// `[parts, 2, C]`
  let statistics: ValueID

  fileprivate var commonAccesses: [Access] {
    [
      .read(weight, 0..<batch.channels),
      .read(statistics, 0..<batch.parts * 2 * batch.channels),
    ]
  }

  /// Floats of scratch memory that ``findScales(_:)`` fills.
  fileprivate var scaleCount: Int { 4 * batch.channels }

  /// Mean, inverse deviation and inverse deviation times weight, in scratch memory.
  fileprivate func findScales(
    _ memory: MemoryMap
  ) -> (Frame, UnsafeMutablePointer<Float>) -> (
    mean: UnsafeMutablePointer<Float>, inverse: UnsafeMutablePointer<Float>,
    scale: UnsafeMutablePointer<Float>
  ) {
    let (batch, epsilon) = (batch, epsilon)
    let (statistics, weight) = (memory[statistics], memory[weight])
    let channels = batch.channels
    return { frame, scratch in
      let variance = scratch + 3 * channels
      batch.mergeStatistics(frame.floats(statistics), scratch, variance, channels: 0..<channels)
      lz_inverse_deviation(
        variance, frame.floats(weight), epsilon, Int64(channels), scratch + channels,
        scratch + 2 * channels)
      return (scratch, scratch + channels, scratch + 2 * channels)
    }
  }
}

/// Sums over each channel, of the gradient and of the gradient times what was normalised, shared out by parts of the batch.
struct BatchGradientSumsKernel: Kernel {
  let operands: BatchGradientOperands
  /// `[parts, C]`
  let products: ValueID
  /// `[parts, C]`
  let sums: ValueID

  private var batch: BatchGeometry { operands.batch }

  var label: String { "BatchNormalizationGradient \(batch.shape), sums" }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let mine = share(of: batch.parts, worker: worker, in: workers)
    guard !mine.isEmpty else { return [] }
    let elements = batch.elements(ofParts: mine)
    let written = mine.lowerBound * batch.channels..<mine.upperBound * batch.channels
    return operands.commonAccesses + [
      .read(operands.x, elements), .read(operands.gradient, elements),
      .write(products, written), .write(sums, written),
    ]
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let (batch, offset) = (batch, operands.scaleCount)
    let mine = share(of: batch.parts, worker: worker, in: workers)
    let (x, gradient) = (memory[operands.x], memory[operands.gradient])
    let (products, sums) = (memory[products], memory[sums])
    let find = operands.findScales(memory)
    let channels = batch.channels
    memory.wantScratch(
      bytes: (offset + Int(lz_channel_scratch(Int64(channels)))) * MemoryLayout<Float>.stride)
    return { frame in
      let scratch = frame.scratch.assumingMemoryBound(to: Float.self)
      let (mean, inverse, _) = find(frame, scratch)
      for part in mine {
        let images = batch.images(ofPart: part)
        let first = images.lowerBound * batch.size
        lz_channel_gradient_sums(
          frame.floats(x) + first, frame.floats(gradient) + first,
          Int64(images.count * batch.places), Int64(channels), mean, inverse,
          frame.floats(sums) + part * channels, frame.floats(products) + part * channels,
          scratch + offset)
      }
      return 0
    }
  }
}

/// The gradient of a batch normalisation by its batch, shared out by images.
struct BatchGradientKernel: Kernel {
  let operands: BatchGradientOperands
  /// `[parts, C]`, as ``BatchGradientSumsKernel`` leaves them.
  let products: ValueID
  /// `[parts, C]`
  let sums: ValueID
  /// Channels last.
  let result: ValueID

  private var batch: BatchGeometry { operands.batch }

  var label: String { "BatchNormalizationGradient \(batch.shape)" }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let mine = batch.images(ofWorker: worker, in: workers)
    guard !mine.isEmpty else { return [] }
    let (elements, parts) = (batch.elements(mine), 0..<batch.parts * batch.channels)
    return operands.commonAccesses + [
      .read(operands.x, elements), .read(operands.gradient, elements), .read(products, parts),
      .read(sums, parts), .write(result, elements),
    ]
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let (batch, offset) = (batch, operands.scaleCount)
    let mine = batch.images(ofWorker: worker, in: workers)
    let first = batch.elements(mine).lowerBound
    let (x, gradient, to) = (
      memory[operands.x].advanced(byElements: first),
      memory[operands.gradient].advanced(byElements: first),
      memory[result].advanced(byElements: first)
    )
    let (products, sums) = (memory[products], memory[sums])
    let find = operands.findScales(memory)
    let (channels, parts) = (Int64(batch.channels), Int64(batch.parts))
    memory.wantScratch(bytes: (offset + 2 * batch.channels) * MemoryLayout<Float>.stride)
    return { frame in
      let scratch = frame.scratch.assumingMemoryBound(to: Float.self)
      let (mean, inverse, scale) = find(frame, scratch)
      let (product, sum) = (scratch + offset, scratch + offset + batch.channels)
      lz_sum_columns(frame.floats(products), product, parts, channels, 0, channels)
      lz_sum_columns(frame.floats(sums), sum, parts, channels, 0, channels)
      lz_batch_gradient_factors(
        inverse, scale, product, sum, Int64(batch.images * batch.places), channels)
      lz_channel_gradient(
        frame.floats(x), frame.floats(gradient), frame.floats(to),
        Int64(mine.count * batch.places), channels, mean, scale, product, sum)
      return 0
    }
  }
}
