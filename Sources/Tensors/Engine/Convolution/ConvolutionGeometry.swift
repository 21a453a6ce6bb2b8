internal import COneDNN

/// The sizes of a convolution, whichever of its three directions is computed: images to features, back, or their weights.
struct ConvolutionGeometry {
  let batch: Int
  /// Channels, height and width.
  let images: [Int]
  /// Channels, height and width.
  let features: [Int]
  /// `[O, C / groups, kH, kW]`
  let weight: Shape
  let form: ConvolutionForm

  init(images: Shape, features: Shape, _ weight: Shape, _ form: ConvolutionForm) {
    batch = images[0]
    self.images = Array(images.dimensions[1...])
    self.features = Array(features.dimensions[1...])
    (self.weight, self.form) = (weight, form)
  }

  var imageSize: Int { images.reduce(1, *) }
  var featureSize: Int { features.reduce(1, *) }

  /// Floating-point operations in any of the directions.
  var flopCount: Double {
    2 * Double(batch * features[1] * features[2]) * Double(weight.count)
  }

  /// Whether images with few channels are made faster by a product and a scatter.
  ///
  /// The library's data gradient fills vectors with channels: with one to four it reaches a tenth of its speed.
  var isCheaperScattered: Bool { form.groups == 1 && images[0] <= 4 && form.dilations == [1, 1] }

  /// For errors: images, weights, features.
  var shapes: [Shape] {
    [Shape([batch] + images), weight, Shape([batch] + features)]
  }

  /// Zeros after the last row and column that the library must assume; negative where windows do not reach the end.
  var paddingAfter: [Int] {
    (0..<2).map { axis in
      let window = form.window(weight[2 + axis], axis: axis)
      let room = images[1 + axis] + 2 * form.padding[axis] - window
      if room >= 0, room / form.strides[axis] + 1 == features[1 + axis] {
        return form.padding[axis]
      }
      return (features[1 + axis] - 1) * form.strides[axis] + window - images[1 + axis]
        - form.padding[axis]
    }
  }
}

// MARK: - Descriptions for oneDNN

extension ConvolutionGeometry {
  /// Images or features of some examples, channels last.
  static func channelsLast(
    _ count: Int, _ extents: [Int], _ purpose: OneDNN.Purpose
  ) throws(TensorError) -> dnnl_memory_desc_t {
    try layout([count] + extents, dnnl_nhwc, purpose)
  }

  /// The weights as they are stored, or as the library likes them.
  func weightLayout(
    _ tag: WeightTag, _ purpose: OneDNN.Purpose
  ) throws(TensorError) -> dnnl_memory_desc_t {
    let isGrouped = form.groups > 1
    let dimensions =
      isGrouped
      ? [form.groups, weight[0] / form.groups] + weight.dimensions.dropFirst() : weight.dimensions
    switch tag {
    case .any: return try Self.layout(dimensions, dnnl_format_tag_any, purpose)
    case .plain: return try Self.layout(dimensions, isGrouped ? dnnl_goihw : dnnl_oihw, purpose)
    }
  }

  enum WeightTag { case any, plain }

  static func layout(
    _ dimensions: [Int], _ tag: dnnl_format_tag_t, _ purpose: OneDNN.Purpose
  ) throws(TensorError) -> dnnl_memory_desc_t {
    var layout = dnnl_memory_desc_t()
    var extents = dimensions.map { dnnl_dim_t($0) }
    try OneDNN.check(
      dnnl_memory_desc_init_by_tag(&layout, Int32(extents.count), &extents, dnnl_f32, tag),
      "dnnl_memory_desc_init_by_tag", purpose)
    return layout
  }

  private typealias Extents = (
    strides: [dnnl_dim_t], dilations: [dnnl_dim_t], before: [dnnl_dim_t], after: [dnnl_dim_t]
  )

  private var extents: Extents {
    (
      form.strides.map { dnnl_dim_t($0) }, form.dilations.map { dnnl_dim_t($0 - 1) },
      form.padding.map { dnnl_dim_t($0) }, paddingAfter.map { dnnl_dim_t($0) }
    )
  }

  /// From images to features.
  func forward(
    _ count: Int, bias: inout dnnl_memory_desc_t?, _ purpose: OneDNN.Purpose
  ) throws(TensorError) -> dnnl_convolution_desc_t {
    var operation = dnnl_convolution_desc_t()
    var source = try Self.channelsLast(count, images, purpose)
    var weights = try weightLayout(.any, purpose)
    var destination = try Self.channelsLast(count, features, purpose)
    let (strides, dilations, before, after) = extents
    let status =
      if var layout = bias {
        dnnl_dilated_convolution_forward_desc_init(
          &operation, dnnl_forward_training, dnnl_convolution_direct, &source, &weights, &layout,
          &destination, strides, dilations, before, after)
      } else {
        dnnl_dilated_convolution_forward_desc_init(
          &operation, dnnl_forward_training, dnnl_convolution_direct, &source, &weights, nil,
          &destination, strides, dilations, before, after)
      }
    try OneDNN.check(status, "dnnl_dilated_convolution_forward_desc_init", purpose)
    return operation
  }

  /// From features to images.
  func backwardData(
    _ count: Int, _ purpose: OneDNN.Purpose
  ) throws(TensorError) -> dnnl_convolution_desc_t {
    var operation = dnnl_convolution_desc_t()
    var source = try Self.channelsLast(count, images, purpose)
    var weights = try weightLayout(.any, purpose)
    var destination = try Self.channelsLast(count, features, purpose)
    let (strides, dilations, before, after) = extents
    try OneDNN.check(
      dnnl_dilated_convolution_backward_data_desc_init(
        &operation, dnnl_convolution_direct, &source, &weights, &destination, strides, dilations,
        before, after),
      "dnnl_dilated_convolution_backward_data_desc_init", purpose)
    return operation
  }

  /// From images and features to weights.
  func backwardWeights(
    _ count: Int, _ purpose: OneDNN.Purpose
  ) throws(TensorError) -> dnnl_convolution_desc_t {
    var operation = dnnl_convolution_desc_t()
    var source = try Self.channelsLast(count, images, purpose)
    var weights = try weightLayout(.any, purpose)
    var destination = try Self.channelsLast(count, features, purpose)
    let (strides, dilations, before, after) = extents
    try OneDNN.check(
      dnnl_dilated_convolution_backward_weights_desc_init(
        &operation, dnnl_convolution_direct, &source, &weights, nil, &destination, strides,
        dilations, before, after),
      "dnnl_dilated_convolution_backward_weights_desc_init", purpose)
    return operation
  }
}

extension ConvolutionGeometry {
  /// Names of the implementations the library chooses: forward, data gradient unless scattered, weight gradient.
  func implementations() throws(TensorError) -> [String] {
    try Engine.makingPrimitives { () throws(TensorError) in
      let purpose = OneDNN.Purpose(operation: "Conv", shapes: shapes)
      var noBias: dnnl_memory_desc_t?
      var operation = try forward(batch, bias: &noBias, purpose)
      let hint = try PrimitiveDescription(&operation, purpose)
      var weights = try backwardWeights(batch, purpose)
      var found = [
        hint.implementation,
        try PrimitiveDescription(&weights, forward: hint, purpose).implementation,
      ]
      if !isCheaperScattered {
        var data = try backwardData(batch, purpose)
        found.append(try PrimitiveDescription(&data, forward: hint, purpose).implementation)
      }
      return found
    }
  }
}
