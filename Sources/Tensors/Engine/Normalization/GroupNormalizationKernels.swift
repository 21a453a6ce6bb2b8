internal import CKernels

/// The sizes of a normalisation by groups.
struct GroupForm {
  let batch: BatchGeometry
  let groups: Int
  let epsilon: Float
  var hasRelu = false

  /// Elements of some images in a value that has so many numbers an image.
  fileprivate func elements(_ images: Range<Int>, of size: Int) -> Range<Int> {
    images.lowerBound * size..<images.upperBound * size
  }

  fileprivate var shape: lz_group_shape {
    lz_group_shape(
      places: Int64(batch.places), channels: Int64(batch.channels), groups: Int64(groups),
      epsilon: epsilon, rectified: hasRelu ? 1 : 0)
  }

  fileprivate var scratchBytes: Int {
    Int(lz_group_scratch(Int64(batch.channels))) * MemoryLayout<Float>.stride
  }
}

/// Normalises groups of channels, shared out by images.
struct GroupNormalizationKernel: Kernel {
  let form: GroupForm
  /// Channels last.
  let x: ValueID
  let weight: ValueID
  let bias: ValueID
  /// Channels last.
  let result: ValueID
  /// `[N, groups]`
  let mean: ValueID
  /// `[N, groups]`
  let inverse: ValueID

  var label: String {
    "GroupNormalization \(form.batch.shape) by \(form.groups)\(form.hasRelu ? "+Relu" : "")"
  }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let mine = form.batch.images(ofWorker: worker, in: workers)
    guard !mine.isEmpty else { return [] }
    let channels = 0..<form.batch.channels
    let ofGroups = form.elements(mine, of: form.groups)
    return [
      .read(x, form.batch.elements(mine)), .read(weight, channels), .read(bias, channels),
      .write(result, form.batch.elements(mine)), .write(mean, ofGroups), .write(inverse, ofGroups),
    ]
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let mine = form.batch.images(ofWorker: worker, in: workers)
    let first = form.batch.elements(mine).lowerBound
    let (x, result) = (
      memory[x].advanced(byElements: first), memory[result].advanced(byElements: first)
    )
    let (weight, bias) = (memory[weight], memory[bias])
    let group = mine.lowerBound * form.groups
    let (mean, inverse) = (
      memory[mean].advanced(byElements: group), memory[inverse].advanced(byElements: group)
    )
    let (shape, count) = (form.shape, Int64(mine.count))
    memory.wantScratch(bytes: form.scratchBytes)
    return { frame in
      withUnsafePointer(to: shape) { shape in
        lz_group_normalize(
          shape, frame.floats(x), frame.floats(result), count, frame.floats(weight),
          frame.floats(bias), frame.floats(mean), frame.floats(inverse),
          frame.scratch.assumingMemoryBound(to: Float.self))
      }
      return 0
    }
  }
}

/// The gradients of a normalisation by groups: by the images, and of each image by weight and bias; shared out by images.
struct GroupGradientKernel: Kernel {
  let form: GroupForm
  /// Channels last.
  let x: ValueID
  /// Channels last.
  let gradient: ValueID
  let weight: ValueID
  /// `[N, groups]`
  let mean: ValueID
  /// `[N, groups]`
  let inverse: ValueID
  /// Channels last.
  let result: ValueID
  /// `[N, C]`
  let ofWeight: ValueID
  /// `[N, C]`
  let ofBias: ValueID

  var label: String { "GroupNormalizationGradient \(form.batch.shape) by \(form.groups)" }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let mine = form.batch.images(ofWorker: worker, in: workers)
    guard !mine.isEmpty else { return [] }
    let elements = form.batch.elements(mine)
    let ofGroups = form.elements(mine, of: form.groups)
    let ofChannels = form.elements(mine, of: form.batch.channels)
    return [
      .read(x, elements), .read(gradient, elements), .read(weight, 0..<form.batch.channels),
      .read(mean, ofGroups), .read(inverse, ofGroups), .write(result, elements),
      .write(ofWeight, ofChannels), .write(ofBias, ofChannels),
    ]
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let mine = form.batch.images(ofWorker: worker, in: workers)
    let first = form.batch.elements(mine).lowerBound
    let group = mine.lowerBound * form.groups
    let channel = mine.lowerBound * form.batch.channels
    let large = [x, gradient, result].map { memory[$0].advanced(byElements: first) }
    let ofGroups = [mean, inverse].map { memory[$0].advanced(byElements: group) }
    let ofChannels = [ofWeight, ofBias].map { memory[$0].advanced(byElements: channel) }
    let (shape, count, weight) = (form.shape, Int64(mine.count), memory[weight])
    memory.wantScratch(bytes: form.scratchBytes)
    return { frame in
      withUnsafePointer(to: shape) { shape in
        lz_group_gradient(
          shape, frame.floats(large[0]), frame.floats(large[1]), frame.floats(large[2]), count,
          frame.floats(weight), frame.floats(ofGroups[0]), frame.floats(ofGroups[1]),
          frame.floats(ofChannels[0]), frame.floats(ofChannels[1]),
          frame.scratch.assumingMemoryBound(to: Float.self))
      }
      return 0
    }
  }
}
