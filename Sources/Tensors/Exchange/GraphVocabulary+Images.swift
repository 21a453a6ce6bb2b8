extension GraphVocabulary {
  private static let extents = 1...1 << 16
  private static let widths = 0...1 << 16

  static func form(_ node: NodeReader) throws(GraphError) -> ConvolutionForm {
    let padding = try node.ints("pads", count: 4, in: widths, default: 0)
    let groups = try node.int("group", default: 1)
    guard Array(padding.prefix(2)) == Array(padding.suffix(2)), extents.contains(groups),
      try node.string("auto_pad", default: "NOTSET") == "NOTSET"
    else {
      throw node.malformed("its padding differs from side to side, or its groups are no number")
    }
    return ConvolutionForm(
      strides: try node.ints("strides", count: 2, in: extents, default: 1),
      padding: Array(padding.prefix(2)),
      dilations: try node.ints("dilations", count: 2, in: extents, default: 1), groups: groups)
  }

  static func conv(_ node: NodeReader) throws(GraphError) -> Tensor {
    let operands = try node.tensors(2...3)
    return Tensor(Conv(form: try form(node)), of: operands)
  }

  static func convTranspose(_ node: NodeReader) throws(GraphError) -> Tensor {
    let operands = try node.tensors(2...3)
    let added = try node.ints("output_padding", count: 2, in: widths, default: 0)
    return Tensor(ConvTranspose(form: try form(node), outputPadding: added), of: operands)
  }

  static func pool(
    _ node: NodeReader, _ operation: GraphVocabulary
  ) throws(GraphError) -> Tensor {
    let x = try node.tensor(0)
    let padding = try node.ints("pads", count: 4, in: widths, default: 0)
    let countsPadding = try node.int("count_include_pad", default: 0) == 1
    guard Array(padding.prefix(2)) == Array(padding.suffix(2)),
      try node.int("ceil_mode", default: 0) == 0, operation == .maxPool || countsPadding
    else {
      throw node.malformed(
        "its padding differs from side to side or is not counted, or it rounds up")
    }
    let form = PoolingForm(
      kernel: try node.ints("kernel_shape", count: 2, in: extents, default: 0),
      strides: try node.ints("strides", count: 2, in: extents, default: 1),
      padding: Array(padding.prefix(2)))
    guard !form.kernel.contains(0) else { throw node.malformed("its window is missing") }
    return operation == .maxPool
      ? Tensor(MaxPool(form: form), x) : Tensor(AveragePool(form: form), x)
  }

  static func resize(_ node: NodeReader) throws(GraphError) -> Tensor {
    let x = try node.tensor(0)
    let sizes = try node.integers(3)
    guard case .ints([2, 3]) = node.node.attributes["axes"], sizes.count == 2,
      sizes.allSatisfy(extents.contains), x.shape.rank == 4
    else { throw node.malformed("it resizes other axes than height and width") }
    _ = try node.shape(Array(x.shape.dimensions.prefix(2)) + sizes)
    let mode = try node.string("mode", default: "nearest")
    let place = try node.string("coordinate_transformation_mode", default: "half_pixel")
    switch (mode, place) {
    case ("nearest", "asymmetric"):
      guard try node.string("nearest_mode", default: "round_prefer_floor") == "floor" else {
        throw node.malformed("it takes another neighbour than the one below")
      }
      return x.resized(to: sizes, .nearest)
    case ("linear", "half_pixel"): return x.resized(to: sizes, .linear)
    case ("linear", "align_corners"):
      return x.resized(to: sizes, .linearAlignedCorners)
    default: throw node.malformed("the mode \"\(mode)\" with \"\(place)\" is not known")
    }
  }
}
