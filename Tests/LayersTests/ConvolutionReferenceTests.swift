import Layers
import Tensors
import Testing

@Suite struct ConvolutionReferenceTests {
  /// The settings that all convolutions share.
  private struct Settings {
    let channels: (input: Int, output: Int)
    let kernelSize, stride, padding, dilation: [Int]
    let groups: Int
    let hasBias: Bool

    init(_ example: LayerReference) throws {
      channels = (try example.setting("inputChannels"), try example.setting("outputChannels"))
      kernelSize = try example.setting("kernelSize")
      stride = try example.setting("stride")
      padding = try example.setting("padding")
      dilation = try example.setting("dilation")
      groups = try example.setting("groups")
      hasBias = try example.setting("hasBias")
    }
  }

  private static func size(_ numbers: [Int]) -> Size2D { Size2D(numbers[0], numbers[1]) }

  @Test("Values and gradients are PyTorch's", arguments: LayerReference.cases(of: "conv2d"))
  func conv2D(_ path: String) throws {
    try checkLayer(path) { example in
      let settings = try Settings(example)
      var random = RandomSource(seed: 1)
      return Conv2D(
        inputChannels: settings.channels.input, outputChannels: settings.channels.output,
        kernelSize: Self.size(settings.kernelSize), stride: Self.size(settings.stride),
        padding: Self.size(settings.padding), dilation: Self.size(settings.dilation),
        groups: settings.groups, hasBias: settings.hasBias, using: &random)
    } apply: { layer, inputs, pass in
      ["y": layer(try inputs("x"), using: &pass)]
    }
  }

  @Test(
    "Transposed, values and gradients are PyTorch's",
    arguments: LayerReference.cases(of: "convTranspose2d"))
  func convTranspose2D(_ path: String) throws {
    try checkLayer(path) { example in
      let settings = try Settings(example)
      var random = RandomSource(seed: 1)
      return ConvTranspose2D(
        inputChannels: settings.channels.input, outputChannels: settings.channels.output,
        kernelSize: Self.size(settings.kernelSize), stride: Self.size(settings.stride),
        padding: Self.size(settings.padding),
        outputPadding: Self.size(try example.setting("outputPadding")),
        dilation: Self.size(settings.dilation), groups: settings.groups,
        hasBias: settings.hasBias, using: &random)
    } apply: { layer, inputs, pass in
      ["y": layer(try inputs("x"), using: &pass)]
    }
  }

  @Test("In one dimension too", arguments: LayerReference.cases(of: "conv1d"))
  func conv1D(_ path: String) throws {
    try checkLayer(path) { example in
      let settings = try Settings(example)
      var random = RandomSource(seed: 1)
      return Conv1D(
        inputChannels: settings.channels.input, outputChannels: settings.channels.output,
        kernelSize: settings.kernelSize[0], stride: settings.stride[0],
        padding: settings.padding[0], dilation: settings.dilation[0], groups: settings.groups,
        hasBias: settings.hasBias, using: &random)
    } apply: { layer, inputs, pass in
      ["y": layer(try inputs("x"), using: &pass)]
    }
  }

  @Test(
    "Transposed in one dimension too", arguments: LayerReference.cases(of: "convTranspose1d"))
  func convTranspose1D(_ path: String) throws {
    try checkLayer(path) { example in
      let settings = try Settings(example)
      let outputPadding: [Int] = try example.setting("outputPadding")
      var random = RandomSource(seed: 1)
      return ConvTranspose1D(
        inputChannels: settings.channels.input, outputChannels: settings.channels.output,
        kernelSize: settings.kernelSize[0], stride: settings.stride[0],
        padding: settings.padding[0], outputPadding: outputPadding[0],
        dilation: settings.dilation[0], groups: settings.groups, hasBias: settings.hasBias,
        using: &random)
    } apply: { layer, inputs, pass in
      ["y": layer(try inputs("x"), using: &pass)]
    }
  }
}
