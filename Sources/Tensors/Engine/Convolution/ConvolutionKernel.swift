internal import CKernels
internal import COneDNN

/// A convolution or its data gradient with bias and rectifier, shared out by examples.
struct ConvolutionKernel: Kernel {
  enum Direction { case forward, backwardData }

  let geometry: ConvolutionGeometry
  let direction: Direction
  /// Channels last: images going forward, otherwise features.
  let source: ValueID
  let weight: ValueID
  let bias: ValueID?
  /// Channels last: features going forward, otherwise images.
  let result: ValueID
  let hasRelu: Bool

  private var sourceSize: Int {
    direction == .forward ? geometry.imageSize : geometry.featureSize
  }
  private var resultSize: Int {
    direction == .forward ? geometry.featureSize : geometry.imageSize
  }
  private var name: String { direction == .forward ? "Conv" : "ConvTranspose" }

  var label: String {
    let operand = direction == .forward ? geometry.images : geometry.features
    let shape = Shape([geometry.batch] + operand)
    return "\(name) \(shape) by \(geometry.weight)\(hasRelu ? "+Relu" : "")"
  }
  var flopCount: Double { geometry.flopCount }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let mine = share(of: geometry.batch, worker: worker, in: workers)
    guard !mine.isEmpty else { return [] }
    var accesses: [Access] = [
      .read(source, mine.lowerBound * sourceSize..<mine.upperBound * sourceSize),
      .read(weight, 0..<geometry.weight.count),
      .write(result, mine.lowerBound * resultSize..<mine.upperBound * resultSize),
    ]
    if let bias { accesses.append(.read(bias, 0..<resultChannels)) }
    return accesses
  }

  private var resultChannels: Int {
    direction == .forward ? geometry.features[0] : geometry.images[0]
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let mine = share(of: geometry.batch, worker: worker, in: workers)
    let purpose = OneDNN.Purpose(operation: name, shapes: geometry.shapes)
    let from = memory[source].advanced(byElements: mine.lowerBound * sourceSize)
    let to = memory[result].advanced(byElements: mine.lowerBound * resultSize)
    switch direction {
    case .forward: return try forward(mine.count, from, to, memory, purpose)
    case .backwardData: return try backwardData(mine.count, from, to, memory, purpose)
    }
  }

  private func forward(
    _ count: Int, _ from: Location, _ to: Location, _ memory: MemoryMap, _ purpose: OneDNN.Purpose
  ) throws(TensorError) -> Task {
    var biasLayout: dnnl_memory_desc_t?
    if bias != nil {
      biasLayout = try ConvolutionGeometry.layout([resultChannels], dnnl_x, purpose)
    }
    var operation = try geometry.forward(count, bias: &biasLayout, purpose)
    // With so few channels the library's first choice leaves most of its vectors empty.
    let description = try PrimitiveDescription(
      &operation, hasRelu: hasRelu, avoiding: geometry.images[0] < 4 ? "brg" : nil, purpose)
    var others = [
      (
        Primitive.Argument(index: lz_argument_source, location: from),
        try ConvolutionGeometry.channelsLast(count, geometry.images, purpose)
      ),
      (
        Primitive.Argument(index: lz_argument_destination, location: to),
        try ConvolutionGeometry.channelsLast(count, geometry.features, purpose)
      ),
    ]
    if let bias, let biasLayout {
      others.append((.init(index: lz_argument_bias, location: memory[bias]), biasLayout))
    }
    return try packed(description, others, memory, purpose)
  }

  private func backwardData(
    _ count: Int, _ from: Location, _ to: Location, _ memory: MemoryMap, _ purpose: OneDNN.Purpose
  ) throws(TensorError) -> Task {
    var noBias: dnnl_memory_desc_t?
    var forward = try geometry.forward(count, bias: &noBias, purpose)
    let hint = try PrimitiveDescription(&forward, purpose)
    var operation = try geometry.backwardData(count, purpose)
    let description = try PrimitiveDescription(&operation, forward: hint, purpose)
    let others = [
      (
        Primitive.Argument(index: lz_argument_gradient_destination, location: from),
        try ConvolutionGeometry.channelsLast(count, geometry.features, purpose)
      ),
      (
        Primitive.Argument(index: lz_argument_gradient_source, location: to),
        try ConvolutionGeometry.channelsLast(count, geometry.images, purpose)
      ),
    ]
    let product = try packed(description, others, memory, purpose)
    guard bias != nil || hasRelu else { return product }
    let (rows, channels) = (
      Int64(count * resultSize / max(resultChannels, 1)), Int64(resultChannels)
    )
    let (offsets, isRectified) = (bias.map { memory[$0] }, Int32(hasRelu ? 1 : 0))
    return { frame in
      let status = product(frame)
      lz_add_bias(
        frame.floats(to), offsets.map { UnsafePointer(frame.floats($0)) }, rows, channels,
        isRectified)
      return status
    }
  }

  /// The primitive, after the weights were brought into the layout it wants, in this worker's scratch memory.
  private func packed(
    _ description: PrimitiveDescription, _ others: [(Primitive.Argument, dnnl_memory_desc_t)],
    _ memory: MemoryMap, _ purpose: OneDNN.Purpose
  ) throws(TensorError) -> Task {
    let plain = try geometry.weightLayout(.plain, purpose)
    guard let wanted = description.layout(dnnl_query_weights_md),
      !OneDNN.areEqual(plain, wanted)
    else {
      let weights = Primitive.Argument(index: lz_argument_weights, location: memory[weight])
      let primitive = try Primitive(description, arguments: others + [(weights, plain)], purpose)
      memory.wantScratch(bytes: primitive.scratchBytes)
      return { primitive.run($0) }
    }
    let reorder = try PrimitiveDescription(rearranging: plain, into: wanted, purpose)
    let scratch = max(reorder.scratchBytes, description.scratchBytes)
    let offset = (scratch + Storage.alignment - 1) / Storage.alignment * Storage.alignment
    memory.wantScratch(bytes: offset + OneDNN.byteCount(wanted))
    let packing = try Primitive(
      reorder,
      arguments: [
        (.init(index: lz_argument_source, location: memory[weight]), plain),
        (.init(index: lz_argument_destination, scratchOffset: offset), wanted),
      ], purpose)
    let primitive = try Primitive(
      description,
      arguments: others + [(.init(index: lz_argument_weights, scratchOffset: offset), wanted)],
      purpose)
    return { frame in
      let status = packing.run(frame)
      return status == 0 ? primitive.run(frame) : status
    }
  }
}

extension PrimitiveDescription {
  /// Bytes of scratch memory a run takes.
  var scratchBytes: Int { layout(dnnl_query_scratchpad_md).map(OneDNN.byteCount) ?? 0 }
}
