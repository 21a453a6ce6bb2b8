/// How images are brought to another size.
public enum Interpolation: Hashable, Sendable {
  /// The nearest number towards the first row and column, as PyTorch's `nearest`.
  case nearest
  /// Between the two nearest rows and columns; pixels are areas, whose borders meet at the image's border.
  case linear
  /// As ``linear``, but pixels are points, and the corners of both images meet.
  case linearAlignedCorners

  fileprivate var attributes: [String: Attribute] {
    switch self {
    case .nearest:
      [
        "mode": .string("nearest"), "nearest_mode": .string("floor"),
        "coordinate_transformation_mode": .string("asymmetric"),
      ]
    case .linear:
      ["mode": .string("linear"), "coordinate_transformation_mode": .string("half_pixel")]
    case .linearAlignedCorners:
      ["mode": .string("linear"), "coordinate_transformation_mode": .string("align_corners")]
    }
  }
}

/// Images `[N, C, H, W]` at another height and width.
struct Resize: Operator {
  let interpolation: Interpolation
  let size: [Int]

  var name: String { "Resize" }
  var attributes: [String: Attribute] {
    interpolation.attributes.merging(["sizes": .ints(size)]) { $1 }
  }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    let x = inputs[0]
    guard x.rank == 4 else { throw ShapeFault(reason: "images must be [N, C, H, W]") }
    guard size.count == 2, (size + x.dimensions[2...]).allSatisfy({ $0 > 0 }) else {
      throw ShapeFault(reason: "height and width must be positive, before and after")
    }
    return [Shape([x[0], x[1]] + size)]
  }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    let shape = node.inputs[0].shape
    return [
      upstream[0].map { Tensor(ResizeGradient(interpolation: interpolation, shape: shape), $0) }
    ]
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    let source = plan.value(node.inputs[0], as: .channelsLast)
    plan.add(
      ResizeKernel(
        interpolation: interpolation, isGradient: false, images: node.inputs[0].shape,
        results: node.shapes[0], source: source, result: plan.define(node, as: .channelsLast)))
  }
}

extension Resize {
  func export(_ node: Node, into graph: inout GraphWriter) {
    let sizes = graph.integers(size)
    let attributes = interpolation.attributes.merging(["axes": .ints([2, 3])]) { $1 }
    graph.define(
      node,
      as: graph.emit(name, [graph.name(of: node.inputs[0]), "", "", sizes], attributes, in: node))
  }
}

/// What the gradient of resized images gives to the images.
struct ResizeGradient: Operator {
  let interpolation: Interpolation
  /// The images'.
  let shape: Shape

  var name: String { "ResizeGradient" }
  var attributes: [String: Attribute] { interpolation.attributes }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] { [shape] }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    let size = Array(node.inputs[0].shape.dimensions[2...])
    return [upstream[0].map { Tensor(Resize(interpolation: interpolation, size: size), $0) }]
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    let source = plan.value(node.inputs[0], as: .channelsLast)
    plan.add(
      ResizeKernel(
        interpolation: interpolation, isGradient: true, images: shape,
        results: node.inputs[0].shape, source: source,
        result: plan.define(node, as: .channelsLast)))
  }
}

extension Tensor {
  /// Images `[N, C, H, W]` at another height and width, as PyTorch's `interpolate` makes them.
  ///
  /// - Parameters:
  ///   - size: height and width.
  ///   - interpolation: where the numbers between the old places come from.
  /// - Returns: `[N, C, size[0], size[1]]`.
  public func resized(to size: [Int], _ interpolation: Interpolation) -> Tensor {
    Tensor(Resize(interpolation: interpolation, size: size), self)
  }
}
