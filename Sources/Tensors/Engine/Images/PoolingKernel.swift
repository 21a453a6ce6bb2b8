internal import CKernels

/// Windows over images or their gradients, channels last, shared out by images.
struct PoolingKernel: Kernel {
  enum Operation: String {
    case maximum = "MaxPool"
    case maximumGradient = "MaxPoolGradient"
    case mean = "AveragePool"
    case meanGradient = "AveragePoolGradient"

    var isGradient: Bool { self == .maximumGradient || self == .meanGradient }
  }

  let operation: Operation
  let form: PoolingForm
  let images: Shape
  /// `[N, C, H', W']`
  let windows: Shape
  /// Images, then the windows' gradients, as far as the operation takes them.
  let operands: [ValueID]
  let result: ValueID

  var label: String { "\(operation.rawValue) \(images) by \(Shape(form.kernel))" }

  private var operandShapes: [Shape] {
    switch operation {
    case .maximum, .mean: [images]
    case .maximumGradient: [images, windows]
    case .meanGradient: [windows]
    }
  }
  private var resultShape: Shape { operation.isGradient ? images : windows }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    let mine = resultShape.elements(of: worker, in: workers)
    guard !mine.isEmpty else { return [] }
    let reads = zip(operands, operandShapes).map {
      Access.read($0, $1.elements(of: worker, in: workers))
    }
    return reads + [.write(result, mine)]
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    let places = zip(operands, operandShapes).map { value, shape in
      memory[value].advanced(byElements: shape.elements(of: worker, in: workers).lowerBound)
    }
    let (first, last) = (places[0], places[places.count - 1])
    let to = memory[result].advanced(
      byElements: resultShape.elements(of: worker, in: workers).lowerBound)
    let count = Int64(share(of: images[0], worker: worker, in: workers).count)
    let (operation, shape) = (operation, shape)
    return { frame in
      let (a, b, result) = (frame.floats(first), frame.floats(last), frame.floats(to))
      withUnsafePointer(to: shape) { shape in
        switch operation {
        case .maximum: lz_max_pool(shape, a, result, count)
        case .maximumGradient: lz_max_pool_gradient(shape, a, b, result, count)
        case .mean: lz_average_pool(shape, a, result, count)
        case .meanGradient: lz_average_pool_gradient(shape, a, result, count)
        }
      }
      return 0
    }
  }

  private var shape: lz_windows {
    lz_windows(
      image_height: Int64(images[2]), image_width: Int64(images[3]), channels: Int64(images[1]),
      height: Int64(windows[2]), width: Int64(windows[3]), kernel_height: Int64(form.kernel[0]),
      kernel_width: Int64(form.kernel[1]), stride_y: Int64(form.strides[0]),
      stride_x: Int64(form.strides[1]), padding_y: Int64(form.padding[0]),
      padding_x: Int64(form.padding[1]))
  }
}
