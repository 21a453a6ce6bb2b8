import Layers
import Tensors
import Testing

@Suite struct NormalizationReferenceTests {
  @Test(
    "Batch normalisation is PyTorch's, and so are the running statistics after the pass",
    arguments: LayerReference.cases(of: "batchNorm1d") + LayerReference.cases(of: "batchNorm2d"))
  func batchNorm(_ path: String) throws {
    try checkLayer(path) { example in
      BatchNorm(
        channels: try example.setting("channels"), momentum: try example.setting("momentum"),
        epsilon: try example.setting("epsilon"))
    } apply: { layer, inputs, pass in
      ["y": layer(try inputs("x"), using: &pass)]
    }
  }

  @Test("Layer normalisation is PyTorch's", arguments: LayerReference.cases(of: "layerNorm"))
  func layerNorm(_ path: String) throws {
    try checkLayer(path) { example in
      LayerNorm(
        shape: Shape(try example.setting("shape") as [Int]),
        epsilon: try example.setting("epsilon"))
    } apply: { layer, inputs, pass in
      ["y": layer(try inputs("x"), using: &pass)]
    }
  }

  @Test("Group normalisation is PyTorch's", arguments: LayerReference.cases(of: "groupNorm"))
  func groupNorm(_ path: String) throws {
    try checkLayer(path) { example in
      GroupNorm(
        groups: try example.setting("groups"), channels: try example.setting("channels"),
        epsilon: try example.setting("epsilon"))
    } apply: { layer, inputs, pass in
      ["y": layer(try inputs("x"), using: &pass)]
    }
  }

  /// Wraps a layer as a case says.
  private static func wrapped<Wrapped: WeightedLayer>(
    _ layer: Wrapped, _ example: LayerReference
  ) throws -> SpectralNorm<Wrapped> {
    var random = RandomSource(seed: 2)
    return SpectralNorm(
      layer, iterationCount: try example.setting("iterationCount"),
      epsilon: try example.setting("epsilon"), using: &random)
  }

  @Test(
    "Weights divided by their greatest singular value are PyTorch's, and so are the vectors after the pass",
    arguments: LayerReference.cases(of: "spectralNorm"))
  func spectralNorm(_ path: String) throws {
    var random = RandomSource(seed: 1)
    guard try LayerReference(path).setting("layer") == "conv2d" else {
      return try checkLayer(path) { example in
        try Self.wrapped(
          Linear(
            inputSize: try example.setting("inputSize"),
            outputSize: try example.setting("outputSize"), using: &random), example)
      } apply: { layer, inputs, pass in
        ["y": layer(try inputs("x"), using: &pass)]
      }
    }
    try checkLayer(path) { example in
      let sizes = try ["kernelSize", "stride", "padding"].map { name in
        let numbers: [Int] = try example.setting(name)
        return Size2D(numbers[0], numbers[1])
      }
      return try Self.wrapped(
        Conv2D(
          inputChannels: try example.setting("inputChannels"),
          outputChannels: try example.setting("outputChannels"), kernelSize: sizes[0],
          stride: sizes[1], padding: sizes[2], using: &random), example)
    } apply: { layer, inputs, pass in
      ["y": layer(try inputs("x"), using: &pass)]
    }
  }
}
