import Layers
import Tensors
import Testing

@Suite struct LinearReferenceTests {
  private static func layer(_ example: LayerReference) throws -> Linear {
    var random = RandomSource(seed: 1)
    return Linear(
      inputSize: try example.setting("inputSize"), outputSize: try example.setting("outputSize"),
      using: &random)
  }

  @Test("Values and gradients are PyTorch's", arguments: LayerReference.cases(of: "linear"))
  func torch(_ path: String) throws {
    try checkLayer(path, tolerance: 1e-6, make: Self.layer) { layer, inputs, pass in
      ["y": layer(try inputs("x"), using: &pass)]
    }
  }
}
