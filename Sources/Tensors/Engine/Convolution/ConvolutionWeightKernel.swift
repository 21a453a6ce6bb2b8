internal import COneDNN

/// A convolution's gradient by its weights: each worker's part from its own examples.
struct ConvolutionWeightKernel: Kernel {
  let geometry: ConvolutionGeometry
  /// Channels last.
  let images: ValueID
  /// Channels last.
  let features: ValueID
  /// Number of workers that compute a part.
  let parts: Int
  /// `[parts, ...weight]`
  let result: ValueID

  var label: String {
    "ConvWeightGradient \(geometry.shapes[0]) by \(geometry.shapes[2])"
  }
  var flopCount: Double { geometry.flopCount }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    guard worker < parts else { return [] }
    let mine = share(of: geometry.batch, worker: worker, in: parts)
    let (image, feature) = (geometry.imageSize, geometry.featureSize)
    let size = geometry.weight.count
    return [
      .read(images, mine.lowerBound * image..<mine.upperBound * image),
      .read(features, mine.lowerBound * feature..<mine.upperBound * feature),
      .write(result, worker * size..<(worker + 1) * size),
    ]
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let mine = share(of: geometry.batch, worker: worker, in: parts)
    let purpose = OneDNN.Purpose(operation: "ConvWeightGradient", shapes: geometry.shapes)
    var noBias: dnnl_memory_desc_t?
    var forward = try geometry.forward(mine.count, bias: &noBias, purpose)
    let hint = try PrimitiveDescription(&forward, purpose)
    var operation = try geometry.backwardWeights(mine.count, purpose)
    let description = try PrimitiveDescription(&operation, forward: hint, purpose)
    let arguments = [
      (
        Primitive.Argument(
          index: lz_argument_source,
          location: memory[images].advanced(byElements: mine.lowerBound * geometry.imageSize)),
        try ConvolutionGeometry.channelsLast(mine.count, geometry.images, purpose)
      ),
      (
        Primitive.Argument(
          index: lz_argument_gradient_destination,
          location: memory[features].advanced(byElements: mine.lowerBound * geometry.featureSize)),
        try ConvolutionGeometry.channelsLast(mine.count, geometry.features, purpose)
      ),
    ]
    let target = memory[result].advanced(byElements: worker * geometry.weight.count)
    return try unpacked(description, arguments, to: target, memory, purpose)
  }

  /// The primitive, and its result brought from the layout it likes into that of the weights.
  private func unpacked(
    _ description: PrimitiveDescription, _ others: [(Primitive.Argument, dnnl_memory_desc_t)],
    to target: Location, _ memory: MemoryMap, _ purpose: OneDNN.Purpose
  ) throws(TensorError) -> Task {
    let plain = try geometry.weightLayout(.plain, purpose)
    guard let given = description.layout(dnnl_query_diff_weights_md),
      !OneDNN.areEqual(plain, given)
    else {
      let weights = Primitive.Argument(index: lz_argument_gradient_weights, location: target)
      let primitive = try Primitive(description, arguments: others + [(weights, plain)], purpose)
      memory.wantScratch(bytes: primitive.scratchBytes)
      return { primitive.run($0) }
    }
    let reorder = try PrimitiveDescription(rearranging: given, into: plain, purpose)
    let scratch = max(reorder.scratchBytes, description.scratchBytes)
    let offset = (scratch + Storage.alignment - 1) / Storage.alignment * Storage.alignment
    memory.wantScratch(bytes: offset + OneDNN.byteCount(given))
    let primitive = try Primitive(
      description,
      arguments: others
        + [(.init(index: lz_argument_gradient_weights, scratchOffset: offset), given)],
      purpose)
    let unpacking = try Primitive(
      reorder,
      arguments: [
        (.init(index: lz_argument_source, scratchOffset: offset), given),
        (.init(index: lz_argument_destination, location: target), plain),
      ], purpose)
    return { frame in
      let status = primitive.run(frame)
      return status == 0 ? unpacking.run(frame) : status
    }
  }
}
