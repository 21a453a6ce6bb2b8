/// How windows lie over images; one number for height and one for width.
struct PoolingForm: Hashable {
  let kernel: [Int]
  let strides: [Int]
  /// On both sides.
  let padding: [Int]

  var attributes: [String: Attribute] {
    ["kernel_shape": .ints(kernel), "strides": .ints(strides), "pads": .ints(padding + padding)]
  }

  func outputShape(_ x: Shape) throws(ShapeFault) -> Shape {
    guard x.rank == 4 else { throw ShapeFault(reason: "images must be [N, C, H, W]") }
    guard kernel.count == 2, strides.count == 2, padding.count == 2,
      (kernel + strides).allSatisfy({ $0 > 0 }), padding.allSatisfy({ $0 >= 0 })
    else { throw ShapeFault(reason: "window and strides must be positive, padding not negative") }
    // So that no window lies beside the image.
    guard zip(padding, kernel).allSatisfy({ 2 * $0 <= $1 }) else {
      throw ShapeFault(
        reason: "the padding \(padding) is more than half of the window \(kernel)")
    }
    var space: [Int] = []
    for axis in 0..<2 {
      let room = x[2 + axis] + 2 * padding[axis] - kernel[axis]
      guard x[2 + axis] > 0, room >= 0 else {
        throw ShapeFault(reason: "the window \(kernel) is larger than the padded image")
      }
      space.append(room / strides[axis] + 1)
    }
    return Shape([x[0], x[1]] + space)
  }
}

/// The greatest number of each window of images `[N, C, H, W]`; what the padding adds is never the greatest.
struct MaxPool: Operator {
  let form: PoolingForm

  var name: String { "MaxPool" }
  var attributes: [String: Attribute] { form.attributes }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    [try form.outputShape(inputs[0])]
  }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    [upstream[0].map { Tensor(MaxPoolGradient(form: form), node.inputs[0], $0) }]
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    plan.addPooling(node, .maximum, form, images: node.inputs[0].shape)
  }
}

/// What each window's gradient gives to its greatest number, the first in the order of rows and columns; inputs: images
/// and the windows' gradients.
struct MaxPoolGradient: UndifferentiatedOperator {
  let form: PoolingForm

  var name: String { "MaxPoolGradient" }
  var attributes: [String: Attribute] { form.attributes }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] { [inputs[0]] }

  func lower(_ node: Node, into plan: inout Lowering) {
    plan.addPooling(node, .maximumGradient, form, images: node.shapes[0])
  }
}

/// The mean of each window of images `[N, C, H, W]`, with zeros around the image.
struct AveragePool: Operator {
  let form: PoolingForm

  var name: String { "AveragePool" }
  var attributes: [String: Attribute] {
    form.attributes.merging(["count_include_pad": .int(1)]) { $1 }
  }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    [try form.outputShape(inputs[0])]
  }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    [upstream[0].map { Tensor(AveragePoolGradient(form: form, shape: node.inputs[0].shape), $0) }]
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    plan.addPooling(node, .mean, form, images: node.inputs[0].shape)
  }
}

/// What each window's gradient gives to every place of the window.
struct AveragePoolGradient: Operator {
  let form: PoolingForm
  /// The images'.
  let shape: Shape

  var name: String { "AveragePoolGradient" }
  var attributes: [String: Attribute] { form.attributes }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] { [shape] }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    [upstream[0].map { Tensor(AveragePool(form: form), $0) }]
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    plan.addPooling(node, .meanGradient, form, images: shape)
  }
}

extension Lowering {
  fileprivate mutating func addPooling(
    _ node: Node, _ operation: PoolingKernel.Operation, _ form: PoolingForm, images: Shape
  ) {
    let operands = node.inputs.map { value($0, as: .channelsLast) }
    let results = operation.isGradient ? node.inputs[node.inputs.count - 1].shape : node.shapes[0]
    add(
      PoolingKernel(
        operation: operation, form: form, images: images, windows: results, operands: operands,
        result: define(node, as: .channelsLast)))
  }
}

extension Tensor {
  /// The greatest number of each window of images `[N, C, H, W]`; a NaN in a window goes through.
  ///
  /// Among equals the first in the order of rows and columns gets the gradient, as in PyTorch.
  ///
  /// - Parameters:
  ///   - kernelSize: height and width of the window.
  ///   - strides: from one window to the next, for height and width.
  ///   - padding: on both sides, at most half the window, for height and width.
  /// - Returns: `[N, C, (H + 2 · padding - kernelSize) / stride + 1, …]`, rounded down.
  public func maxPool(kernelSize: [Int], strides: [Int], padding: [Int] = [0, 0]) -> Tensor {
    let form = PoolingForm(kernel: kernelSize, strides: strides, padding: padding)
    return Tensor(MaxPool(form: form), self)
  }

  /// The mean of each window of images `[N, C, H, W]`, zeros of the padding included, as PyTorch does by
  /// default.
  ///
  /// Parameters and result as for ``maxPool(kernelSize:strides:padding:)``.
  public func averagePool(kernelSize: [Int], strides: [Int], padding: [Int] = [0, 0]) -> Tensor {
    let form = PoolingForm(kernel: kernelSize, strides: strides, padding: padding)
    return Tensor(AveragePool(form: form), self)
  }
}
