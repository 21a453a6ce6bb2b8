internal import CKernels
internal import COneDNN

/// A data gradient towards images with few channels: what each feature gives to its window by a matrix product, then the
/// windows added up.
struct ScatteredConvolutionKernel: Kernel {
  let geometry: ConvolutionGeometry
  /// Features, channels last.
  let source: ValueID
  let weight: ValueID
  let bias: ValueID?
  /// Images, channels last.
  let result: ValueID
  let hasRelu: Bool

  var label: String {
    "ConvTranspose \(geometry.shapes[2]) by \(geometry.weight), scattered"
      + (hasRelu ? "+Relu" : "")
  }
  var flopCount: Double { geometry.flopCount }

  /// Elements of one window over all channels.
  private var window: Int { geometry.weight.dimensions.dropFirst().reduce(1, *) }
  private var places: Int { geometry.features[1] * geometry.features[2] }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let mine = share(of: geometry.batch, worker: worker, in: workers)
    guard !mine.isEmpty else { return [] }
    let (image, feature) = (geometry.imageSize, geometry.featureSize)
    var accesses: [Access] = [
      .read(source, mine.lowerBound * feature..<mine.upperBound * feature),
      .read(weight, 0..<geometry.weight.count),
      .write(result, mine.lowerBound * image..<mine.upperBound * image),
    ]
    if let bias { accesses.append(.read(bias, 0..<geometry.images[0])) }
    return accesses
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let mine = share(of: geometry.batch, worker: worker, in: workers)
    // As many images at a time as leave the windows in the second-level cache.
    let imageBytes = places * window * MemoryLayout<Float>.stride
    let block = min(mine.count, max(1, (256 << 10) / imageBytes))
    var tasks: [Task] = []
    for first in stride(from: mine.lowerBound, to: mine.upperBound, by: block) {
      let count = min(block, mine.upperBound - first)
      tasks.append(try task(images: first..<first + count, memory))
    }
    let pack = packing(memory)
    return { frame in
      pack(frame)
      for task in tasks {
        let status = task(frame)
        if status != 0 { return status }
      }
      return 0
    }
  }

  /// The weights with the channels fastest, `[features, kH, kW, channels]`, at the beginning of the scratch memory.
  private func packing(_ memory: MemoryMap) -> (Frame) -> Void {
    let location = memory[weight]
    let (count, channels) = (Int64(geometry.weight[0]), Int64(geometry.weight[1]))
    let places = Int64(geometry.weight[2] * geometry.weight[3])
    return { frame in
      lz_transpose(
        frame.floats(location), frame.scratch.assumingMemoryBound(to: Float.self), count, channels,
        places)
    }
  }

  private func task(images: Range<Int>, _ memory: MemoryMap) throws(TensorError) -> Task {
    let purpose = OneDNN.Purpose(operation: "ConvTranspose", shapes: geometry.shapes)
    let rows = images.count * places
    let packed = align(geometry.weight.count * MemoryLayout<Float>.stride)
    let columns = packed
    let scratch = columns + align(rows * window * MemoryLayout<Float>.stride)
    let from = memory[source].advanced(byElements: images.lowerBound * geometry.featureSize)
    let product = try ProductKernel.primitive(
      rows: rows, inner: geometry.weight[0], columns: window,
      from: .init(index: lz_argument_source, location: from),
      by: .init(index: lz_argument_weights, scratchOffset: 0),
      to: .init(index: lz_argument_destination, scratchOffset: columns), scratchOffset: scratch,
      purpose)
    memory.wantScratch(bytes: scratch + product.scratchBytes)
    let to = memory[result].advanced(byElements: images.lowerBound * geometry.imageSize)
    let offsets = bias.map { memory[$0] }
    let shape = geometry.windows
    let (count, isRectified) = (Int64(images.count), Int32(hasRelu ? 1 : 0))
    return { frame in
      let status = product.run(frame)
      withUnsafePointer(to: shape) { shape in
        lz_scatter_windows(
          shape, (frame.scratch + columns).assumingMemoryBound(to: Float.self), frame.floats(to),
          offsets.map { UnsafePointer(frame.floats($0)) }, count, isRectified)
      }
      return status
    }
  }

  private func align(_ bytes: Int) -> Int {
    (bytes + Storage.alignment - 1) / Storage.alignment * Storage.alignment
  }
}
