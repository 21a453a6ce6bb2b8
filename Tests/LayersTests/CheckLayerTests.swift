import Layers
import Tensors
import Testing

/// The checker must see mistakes, or all that it passes means nothing.
@Suite struct CheckLayerTests {
  private static func parameter(_ shape: Shape) -> Parameter {
    Parameter(NDArray(repeating: 0, shape: shape))
  }

  private static func map(_ x: Tensor, _ weight: Parameter, _ bias: Parameter) -> Tensor {
    .product(x, weight.tensor, transposingSecond: true, bias: bias.tensor)
  }

  /// Checks a map from 5 to 3 and expects that it is found wrong, each time with all of the given words.
  private static func expectIssue(
    _ words: String..., weight: Parameter = parameter([3, 5]), bias: Parameter = parameter([3]),
    _ body: (LayerInputs, Parameter, Parameter) throws -> [String: Tensor] = {
      ["y": map(try $0("x"), $1, $2)]
    }
  ) throws {
    struct Map: Module { let weight, bias: Parameter }
    try withKnownIssue {
      try checkLayer("linear/batch") { _ in
        Map(weight: weight, bias: bias)
      } apply: { layer, inputs, _ in
        try body(inputs, layer.weight, layer.bias)
      }
    } matching: { issue in
      let text = "\(issue)"
      return words.allSatisfy { text.contains($0) }
    }
  }

  @Test("A parameter of another name is both missing and extra")
  func names() throws {
    struct Renamed: Module { let weight, offset: Parameter }
    try withKnownIssue {
      try checkLayer("linear/batch") { _ in
        Renamed(weight: Self.parameter([3, 5]), offset: Self.parameter([3]))
      } apply: { layer, inputs, _ in
        ["y": Self.map(try inputs("x"), layer.weight, layer.offset)]
      }
    } matching: { issue in
      "\(issue)".contains(#"the layer lacks ["bias"], has ["offset"] beyond PyTorch's parameters"#)
    }
  }

  @Test("A name may be translated")
  func translation() throws {
    struct Renamed: Module { let weight, offset: Parameter }
    try checkLayer("linear/batch", names: ["offset": "bias"]) { _ in
      Renamed(weight: Self.parameter([3, 5]), offset: Self.parameter([3]))
    } apply: { layer, inputs, _ in
      ["y": Self.map(try inputs("x"), layer.weight, layer.offset)]
    }
  }

  @Test("Our names become PyTorch's")
  func spelling() {
    #expect(pytorchName("runningMean") == "running_mean")
    #expect(pytorchName("encoder/0/weight_ih_l0") == "encoder.0.weight_ih_l0")
  }

  @Test("A misshapen parameter is named with both shapes")
  func misshapen() throws {
    try Self.expectIssue(
      "weight has shape [5, 3], expected [3, 5]", weight: Self.parameter([5, 3]))
  }

  @Test("A wrong output is found, though its gradients are right")
  func output() throws {
    try Self.expectIssue("linear/batch y: 12 of 12 differ") { inputs, weight, bias in
      ["y": Self.map(try inputs("x"), weight, bias) + 0.001]
    }
  }

  @Test("A wrong gradient is found, though the output is right")
  func gradient() throws {
    try Self.expectIssue("gradient by bias (none): 3 of 3 differ") { inputs, weight, bias in
      let fixed = Parameter(bias.value, isTrainable: false)
      return ["y": Self.map(try inputs("x"), weight, fixed)]
    }
  }

  @Test("Outputs of other names or shapes are reported")
  func outputs() throws {
    try Self.expectIssue(#"gives ["z"], expected ["y"]"#) { inputs, weight, bias in
      ["z": Self.map(try inputs("x"), weight, bias)]
    }
    try Self.expectIssue("y has shape [3, 4], expected [4, 3]") { inputs, weight, bias in
      ["y": Self.map(try inputs("x"), weight, bias).reshaped(to: [3, 4])]
    }
  }

  @Test("NaN is never near a number, and errors are measured by the largest number")
  func nearness() {
    let expected = NDArray([100, 0], shape: [2])
    expectNear(NDArray([100.005, 0.005], shape: [2]), expected, tolerance: 1e-4, "value")
    for wrong: Float in [.nan, 0.02, .infinity] {
      withKnownIssue {
        expectNear(NDArray([100, wrong], shape: [2]), expected, tolerance: 1e-4, "value")
      }
    }
  }

  @Test("A layer without cases is a failure, not an empty list of tests")
  func unknownLayer() {
    #expect(LayerReference.cases(of: "conv9d") == ["conv9d"])
    #expect(throws: (any Error).self) { try LayerReference("conv9d") }
  }

  @Test("Every case can be read, and its parts fit together")
  func completeness() throws {
    let paths = try LayerReference.layers().flatMap { LayerReference.cases(of: $0) }
    #expect(paths.count > 300)
    for path in paths {
      let example = try LayerReference(path)
      #expect(example.outputs.mapValues(\.shape) == example.upstream.mapValues(\.shape), "\(path)")
      let sources = example.weights.merging(
        example.inputs.map { ("input_\($0)", $1) }, uniquingKeysWith: { weight, _ in weight })
      for (name, gradient) in example.gradients {
        #expect(gradient.shape == sources[name]?.shape, "\(path) \(name)")
      }
      #expect(example.after.keys.allSatisfy { example.gradients[$0] == nil }, "\(path)")
    }
  }

  @Test("Settings are read in their types, and a missing one is named")
  func settings() throws {
    let example = try LayerReference("conv2d/asymmetricAll")
    #expect(try example.setting("kernelSize") == [3, 2])
    #expect(try example.setting("hasBias") == true)
    #expect(try LayerReference("batchNorm2d/epsilonTraining").setting("epsilon") == 0.01)
    #expect(try LayerReference("embedding/vector").settingIfPresent("paddingIndex") == Int?.none)
    #expect(try LayerReference("embedding/vector").settingIfPresent("size") == 4)
    #expect(throws: MissingSetting.self) { try example.setting("size") as Int }
  }

  @Test("An input that is read while recording need not be part of the graph")
  func unusedInput() throws {
    try checkFunction("oneHot/vector") { example, inputs in
      #expect(example.integers("labels") == [2, 0, 3, 3])
      #expect(inputs["labels"]?.shape == [4])
      return Tensor(
        NDArray([0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1], shape: [4, 4]))
    }
  }

  @Test("Functions without weights are checked too")
  func function() throws {
    for path in ["silu/plain", "silu/plainImage"] {
      try checkFunction(path, tolerance: 1e-6) { _, inputs in try inputs("x").silu() }
    }
    try checkFunction("where/broadcast") { _, inputs in
      Tensor.where(try inputs("condition"), try inputs("x"), try inputs("other"))
    }
  }
}
