/// How a window moves over the space of a convolution; one number for each axis of the space.
struct ConvolutionForm: Hashable {
  let strides: [Int]
  /// Zeros on both sides.
  let padding: [Int]
  let dilations: [Int]
  let groups: Int

  var attributes: [String: Attribute] {
    [
      "strides": .ints(strides), "pads": .ints(padding + padding),
      "dilations": .ints(dilations), "group": .int(groups),
    ]
  }

  /// Extent of a dilated window along an axis.
  func window(_ kernel: Int, axis: Int) -> Int { (kernel - 1) * dilations[axis] + 1 }

  /// Rows and columns of an image that the last windows do not reach.
  fileprivate func rest(_ images: Shape, _ weight: Shape) -> [Int] {
    (0..<2).map { axis in
      (images[2 + axis] + 2 * padding[axis] - window(weight[2 + axis], axis: axis)) % strides[axis]
    }
  }

  /// Checks what can be checked without knowing the image.
  fileprivate func check(_ x: Shape, _ weight: Shape, bias: Shape?, channels: Int)
    throws(ShapeFault)
  {
    guard x.rank == 4, weight.rank == 4 else {
      throw ShapeFault(reason: "images must be [N, C, H, W] and weights of rank 4")
    }
    guard strides.count == 2, padding.count == 2, dilations.count == 2, groups > 0,
      (strides + dilations).allSatisfy({ $0 > 0 }), padding.allSatisfy({ $0 >= 0 })
    else {
      throw ShapeFault(
        reason: "strides, dilations and groups must be positive, padding not negative")
    }
    guard weight.dimensions.allSatisfy({ $0 > 0 }) else {
      throw ShapeFault(reason: "the weights are empty")
    }
    if let bias, bias != [channels] {
      throw ShapeFault(reason: "the bias has shape \(bias), not [\(channels)]")
    }
  }
}

/// Convolution (cross-correlation) of images `[N, C, H, W]` with weights `[O, C / groups, kH, kW]`, and a bias `[O]`.
struct Conv: Operator {
  let form: ConvolutionForm

  var name: String { "Conv" }
  var attributes: [String: Attribute] { form.attributes }
  var rectifiesItself: Bool { true }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    let (x, weight) = (inputs[0], inputs[1])
    let bias = inputs.count > 2 ? inputs[2] : nil
    try form.check(x, weight, bias: bias, channels: weight.rank > 0 ? weight[0] : 0)
    guard x[1] == weight[1] * form.groups, weight[0].isMultiple(of: form.groups) else {
      throw ShapeFault(
        reason: "the weights take \(weight[1] * form.groups) channels, the images have \(x[1])")
    }
    var space: [Int] = []
    for axis in 0..<2 {
      let room = x[2 + axis] + 2 * form.padding[axis] - form.window(weight[2 + axis], axis: axis)
      guard room >= 0 else {
        throw ShapeFault(reason: "the window is larger than the padded image")
      }
      space.append(room / form.strides[axis] + 1)
    }
    return [Shape([x[0], weight[0]] + space)]
  }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    guard let g = upstream[0] else { return [] }
    let (x, weight) = (node.inputs[0], node.inputs[1])
    let transposed = ConvTranspose(form: form, outputPadding: form.rest(x.shape, weight.shape))
    let gradients = [
      Tensor(transposed, g, weight),
      Tensor(ConvWeightGradient(form: form, weight: weight.shape), x, g),
    ]
    return node.inputs.count > 2 ? gradients + [g.sum(axes: [0, 2, 3])] : gradients
  }

  func lower(_ node: Node, into plan: inout Lowering) throws(TensorError) {
    plan.addConvolution(
      node,
      .init(images: node.inputs[0].shape, features: node.shapes[0], node.inputs[1].shape, form),
      .forward)
  }
}

/// Transposed convolution of images `[N, C, H, W]` with weights `[C, O / groups, kH, kW]`, and a bias `[O]`: the gradient of
/// ``Conv`` by its images.
struct ConvTranspose: Operator {
  let form: ConvolutionForm
  /// Rows and columns added at the end.
  let outputPadding: [Int]

  var name: String { "ConvTranspose" }
  var attributes: [String: Attribute] {
    form.attributes.merging(["output_padding": .ints(outputPadding)]) { $1 }
  }
  var rectifiesItself: Bool { true }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    let (x, weight) = (inputs[0], inputs[1])
    let bias = inputs.count > 2 ? inputs[2] : nil
    let channels = weight.rank > 1 ? weight[1] * form.groups : 0
    try form.check(x, weight, bias: bias, channels: channels)
    guard x[1] == weight[0], weight[0].isMultiple(of: form.groups) else {
      throw ShapeFault(reason: "the weights take \(weight[0]) channels, the images have \(x[1])")
    }
    var space: [Int] = []
    for axis in 0..<2 {
      guard (0..<form.strides[axis]).contains(outputPadding[axis]) else {
        throw ShapeFault(reason: "the output padding must be less than stride or dilation")
      }
      let extent =
        (x[2 + axis] - 1) * form.strides[axis] + form.window(weight[2 + axis], axis: axis)
        - 2 * form.padding[axis] + outputPadding[axis]
      guard x[2 + axis] > 0, extent > 0 else {
        throw ShapeFault(reason: "nothing is left of the image")
      }
      space.append(extent)
    }
    return [Shape([x[0], channels] + space)]
  }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    guard let g = upstream[0] else { return [] }
    let (x, weight) = (node.inputs[0], node.inputs[1])
    let gradients = [
      Tensor(Conv(form: form), g, weight),
      Tensor(ConvWeightGradient(form: form, weight: weight.shape), g, x),
    ]
    return node.inputs.count > 2 ? gradients + [g.sum(axes: [0, 2, 3])] : gradients
  }

  func lower(_ node: Node, into plan: inout Lowering) throws(TensorError) {
    plan.addConvolution(
      node,
      .init(images: node.shapes[0], features: node.inputs[0].shape, node.inputs[1].shape, form),
      .backwardData)
  }
}

/// The gradient of a convolution by its weights, from its images and the gradient of its features.
struct ConvWeightGradient: Operator {
  let form: ConvolutionForm
  let weight: Shape

  var name: String { "ConvWeightGradient" }
  var attributes: [String: Attribute] { form.attributes }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] { [weight] }

  /// The sum of its products with `u` is that of the features' gradient with a convolution by `u`.
  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    guard let u = upstream[0] else { return [] }
    let (images, features) = (node.inputs[0], node.inputs[1])
    let transposed = ConvTranspose(form: form, outputPadding: form.rest(images.shape, weight))
    return [Tensor(transposed, features, u), Tensor(Conv(form: form), images, u)]
  }

  func lower(_ node: Node, into plan: inout Lowering) throws(TensorError) {
    let geometry = ConvolutionGeometry(
      images: node.inputs[0].shape, features: node.inputs[1].shape, weight, form)
    let images = plan.value(node.inputs[0], as: .channelsLast)
    let features = plan.value(node.inputs[1], as: .channelsLast)
    // A part for each worker, added afterwards; without images there is nothing to add.
    let parts = min(plan.workers, geometry.batch)
    let result = plan.define(node)
    let target = parts == 1 ? result : plan.makeValue(count: parts * weight.count)
    if parts > 0, geometry.gathersWeightGradient {
      plan.add(
        GatheredWeightKernel(
          geometry: geometry, images: images, features: features, parts: parts, result: target))
    } else if parts > 0 {
      plan.add(
        ConvolutionWeightKernel(
          geometry: geometry, images: images, features: features, parts: parts, result: target))
    }
    if parts != 1 {
      plan.add(
        AxisSumKernel(
          outer: 1, middle: parts, inner: weight.count, source: target, result: result))
    }
  }
}

extension Lowering {
  fileprivate mutating func addConvolution(
    _ node: Node, _ geometry: ConvolutionGeometry, _ direction: ConvolutionKernel.Direction
  ) {
    let source = value(node.inputs[0], as: .channelsLast)
    let weight = value(node.inputs[1])
    let bias = node.inputs.count > 2 ? value(node.inputs[2]) : nil
    let (result, hasRelu) = defineProduct(node, as: .channelsLast)
    if direction == .backwardData, geometry.isCheaperScattered {
      add(
        ScatteredConvolutionKernel(
          geometry: geometry, source: source, weight: weight, bias: bias, result: result,
          hasRelu: hasRelu))
    } else {
      add(
        ConvolutionKernel(
          geometry: geometry, direction: direction, source: source, weight: weight, bias: bias,
          result: result, hasRelu: hasRelu))
    }
  }
}

extension Tensor {
  /// Convolution (cross-correlation, as in PyTorch) of images with weights.
  ///
  /// - Parameters:
  ///   - x: `[N, C, H, W]`
  ///   - weight: `[O, C / groups, kH, kW]`
  ///   - bias: `[O]`
  ///   - strides: for height and width.
  ///   - padding: zeros on both sides, for height and width.
  ///   - dilations: distance between neighbours in the window, for height and width.
  ///   - groups: channels are convolved in that many groups by themselves.
  /// - Returns: `[N, O, H', W']`.
  public static func convolution(
    _ x: Tensor, _ weight: Tensor, bias: Tensor? = nil, strides: [Int] = [1, 1],
    padding: [Int] = [0, 0], dilations: [Int] = [1, 1], groups: Int = 1
  ) -> Tensor {
    let form = ConvolutionForm(
      strides: strides, padding: padding, dilations: dilations, groups: groups)
    return Tensor(Conv(form: form), of: [x, weight] + (bias.map { [$0] } ?? []))
  }

  /// Transposed convolution of images with weights: the gradient of a convolution by its images.
  ///
  /// - Parameters:
  ///   - x: `[N, C, H, W]`
  ///   - weight: `[C, O / groups, kH, kW]`
  ///   - bias: `[O]`
  ///   - strides: for height and width.
  ///   - padding: what the convolution whose gradient it is would have padded, for height and width.
  ///   - outputPadding: rows and columns added at the end, fewer than the stride or the dilation.
  ///   - dilations: distance between neighbours in the window, for height and width.
  ///   - groups: channels are convolved in that many groups by themselves.
  /// - Returns: `[N, O, (H - 1) · stride - 2 · padding + dilation · (kH - 1) + outputPadding + 1, …]`.
  public static func transposedConvolution(
    _ x: Tensor, _ weight: Tensor, bias: Tensor? = nil, strides: [Int] = [1, 1],
    padding: [Int] = [0, 0], outputPadding: [Int] = [0, 0], dilations: [Int] = [1, 1],
    groups: Int = 1
  ) -> Tensor {
    let form = ConvolutionForm(
      strides: strides, padding: padding, dilations: dilations, groups: groups)
    // No window reaches what is added beyond the stride; as in PyTorch it may be as much as a dilation allows.
    let beyond = zip(outputPadding, zip(strides, dilations)).map { added, limits in
      added < limits.1 ? max(0, added - limits.0 + 1) : 0
    }
    guard beyond.contains(where: { $0 > 0 }) else {
      return Tensor(
        ConvTranspose(form: form, outputPadding: outputPadding),
        of: [x, weight] + (bias.map { [$0] } ?? []))
    }
    let within = zip(outputPadding, beyond).map { $0 - $1 }
    let y = Tensor(ConvTranspose(form: form, outputPadding: within), x, weight)
      .padded([(0, 0), (0, 0), (0, beyond[0]), (0, beyond[1])])
    return bias.map { y + $0.reshaped(to: [$0.shape.count, 1, 1]) } ?? y
  }
}
