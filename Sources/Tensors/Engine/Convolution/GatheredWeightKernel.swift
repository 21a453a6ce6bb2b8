internal import CKernels
internal import COneDNN

/// A convolution's gradient by its weights as matrix products: windows of the images gathered as rows, a few images at
/// a time, and multiplied by the gradients of the features.
///
/// Faster than the library's own where a window's line is long enough to copy at speed: its kernel rearranges the images
/// for channels-last memory.
struct GatheredWeightKernel: Kernel {
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
    "ConvWeightGradient \(geometry.shapes[0]) by \(geometry.shapes[2]), gathered"
  }
  var flopCount: Double { geometry.flopCount }

  /// Elements of one window over all channels.
  private var window: Int { geometry.weight.dimensions.dropFirst().reduce(1, *) }
  private var places: Int { geometry.features[1] * geometry.features[2] }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    ConvolutionWeightKernel(
      geometry: geometry, images: images, features: features, parts: parts, result: result
    ).accesses(of: worker, in: workers)
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let mine = share(of: geometry.batch, worker: worker, in: parts)
    // Rows enough for a product to run at speed.
    let block = min(mine.count, max(1, (512 + places - 1) / max(places, 1)))
    let blocks = (mine.count + block - 1) / block
    var scratch = ScratchLayout()
    let sum = scratch.take(geometry.weight.count)
    let windows = scratch.take(block * places * window)
    var tasks: [Task] = []
    for number in 0..<blocks {
      let own = share(of: mine.count, worker: number, in: blocks)
      let range = mine.lowerBound + own.lowerBound..<mine.lowerBound + own.upperBound
      tasks.append(
        try task(
          images: range, accumulates: number > 0, windows: windows, sum: sum,
          scratchOffset: scratch.byteCount, memory))
    }
    let target = memory[result].advanced(byElements: worker * geometry.weight.count)
    let counts = geometry.weight.dimensions.map { Int64($0) }
    return { [tasks] frame in
      for task in tasks {
        let status = task(frame)
        if status != 0 { return status }
      }
      lz_transpose(
        frame.scratchFloats(at: sum), frame.floats(target), counts[0], counts[2] * counts[3],
        counts[1])
      return 0
    }
  }

  /// Gathers the windows of some images and adds what they give to the sum.
  private func task(
    images range: Range<Int>, accumulates: Bool, windows: Int, sum: Int, scratchOffset: Int,
    _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let purpose = OneDNN.Purpose(operation: "ConvWeightGradient", shapes: geometry.shapes)
    let (rows, features) = (range.count * places, geometry.features[0])
    let gradient = memory[self.features].advanced(
      byElements: range.lowerBound * geometry.featureSize)
    var transposed = try ProductKernel.matrix(features, rows, strides: (1, features), purpose)
    var gathered = try ProductKernel.matrix(rows, window, strides: (window, 1), purpose)
    var product = try ProductKernel.matrix(features, window, strides: (window, 1), purpose)
    var operation = dnnl_matmul_desc_t()
    try OneDNN.check(
      dnnl_matmul_desc_init(&operation, &transposed, &gathered, nil, &product),
      "dnnl_matmul_desc_init", purpose)
    let primitive = try Primitive(
      try PrimitiveDescription(&operation, accumulates: accumulates, purpose),
      arguments: [
        (.init(index: lz_argument_source, location: gradient), transposed),
        (.init(index: lz_argument_weights, scratchOffset: windows), gathered),
        (.init(index: lz_argument_destination, scratchOffset: sum), product),
      ], scratchOffset: scratchOffset, purpose)
    memory.wantScratch(bytes: scratchOffset + primitive.scratchBytes)
    let from = memory[images].advanced(byElements: range.lowerBound * geometry.imageSize)
    let (shape, count) = (geometry.windows, Int64(range.count))
    return { frame in
      withUnsafePointer(to: shape) {
        lz_gather_windows($0, frame.floats(from), frame.scratchFloats(at: windows), count)
      }
      return primitive.run(frame)
    }
  }
}

extension ConvolutionGeometry {
  /// Whether the weights' gradient is faster by gathered windows.
  var gathersWeightGradient: Bool {
    form.groups == 1 && form.dilations == [1, 1] && images[0] * weight[3] >= 128
      && features[0] >= 16
  }

  /// The geometry as the C kernels take it.
  var windows: lz_windows {
    lz_windows(
      image_height: Int64(images[1]), image_width: Int64(images[2]), channels: Int64(images[0]),
      height: Int64(features[1]), width: Int64(features[2]), kernel_height: Int64(weight[2]),
      kernel_width: Int64(weight[3]), stride_y: Int64(form.strides[0]),
      stride_x: Int64(form.strides[1]), padding_y: Int64(form.padding[0]),
      padding_x: Int64(form.padding[1]))
  }
}
