import Foundation
import Layers
import Tensors
import TestSupport
import Testing

@Suite struct LinearTests {
  private static func layer(_ inputSize: Int, _ outputSize: Int, seed: UInt64 = 1) -> Linear {
    var random = RandomSource(seed: seed)
    return Linear(inputSize: inputSize, outputSize: outputSize, using: &random)
  }

  @Test("Weights are [out, in], the bias [out], and both have PyTorch's names")
  func parameters() {
    let layer = Self.layer(4, 5)
    #expect(layer.namedParameters.map(\.path) == ["weight", "bias"])
    #expect(layer.parameters.map(\.shape) == [[5, 4], [5]])
    #expect(layer.parameterCount == 25)
  }

  @Test("Values and gradients are PyTorch's")
  func torch() throws {
    let reference = try Reference.load().linear
    let layer = Self.layer(4, 5)
    layer.weight.value = NDArray((0..<20).map { Float(sin(1.0 + Double($0))) }, shape: [5, 4])
    layer.bias.value = NDArray((0..<5).map { Float(cos(2.0 * Double($0))) }, shape: [5])
    let x = Tensor(NDArray((0..<24).map { Float(sin(0.5 * Double($0))) }, shape: [2, 3, 4]))
    let factors = NDArray((0..<30).map { Float(cos(0.3 * Double($0))) }, shape: [2, 3, 5])
    var pass = Pass.evaluation()
    let y = layer(x, using: &pass)
    #expect(y.shape == [2, 3, 5])
    let slopes = try gradients(
      of: (y * Tensor(factors)).sum(),
      withRespectTo: [x, layer.weight.tensor, layer.bias.tensor])
    let values = try Tensor.evaluated([y] + slopes.compactMap { $0 }).map(\.scalars)
    let expected = [reference.output, reference.input, reference.weight, reference.bias]
    for (value, numbers) in zip(values, expected) { expectClose(value, numbers, tolerance: 2e-6) }
  }

  @Test(
    "The last axis is mapped, whatever the rank",
    arguments: [[3], [1, 3], [0, 3], [7, 3], [2, 5, 3], [2, 0, 3], [2, 1, 4, 3]] as [Shape])
  func ranks(_ shape: Shape) throws {
    let layer = Self.layer(3, 2)
    let weight = DoubleArray(layer.weight.value)
    let bias = DoubleArray(layer.bias.value)
    let leading = Array(shape.dimensions.dropLast())
    try checkOperator(
      [Draw(shape)],
      reference: { x in
        DoubleArray.product(
          x[0].reshaped(to: [leading.reduce(1, *), 3]), weight, transposingSecond: true, bias: bias
        ).reshaped(to: Shape(leading + [2]))
      },
      { x in
        var pass = Pass.evaluation()
        return layer(x[0], using: &pass)
      })
  }

  @Test("Weights and biases start uniformly within the bound PyTorch uses")
  func start() {
    let layer = Self.layer(64, 200)
    for values in [layer.weight.value.scalars, layer.bias.value.scalars] {
      let bound: Float = 0.125
      #expect(values.allSatisfy { abs($0) <= bound })
      #expect(values.contains { $0 > 0.9 * bound } && values.contains { $0 < -0.9 * bound })
    }
    let weights = layer.weight.value.scalars.map(Double.init)
    let variance = weights.reduce(0) { $0 + $1 * $1 } / Double(weights.count)
    #expect(abs(variance / (0.125 * 0.125 / 3) - 1) < 0.03)
  }

  @Test("With another initialiser the bias starts at 0")
  func otherStart() {
    var random = RandomSource(seed: 1)
    let layer = Linear(inputSize: 3, outputSize: 4, initializer: .xavierUniform, using: &random)
    #expect(layer.bias.value == NDArray(repeating: 0, shape: [4]))
    #expect(layer.weight.value.scalars.contains { $0 != 0 })
  }

  @Test("Equal seeds give equal layers, other seeds others")
  func seeds() {
    #expect(Self.layer(3, 4).weight.value == Self.layer(3, 4).weight.value)
    #expect(Self.layer(3, 4).weight.value != Self.layer(3, 4, seed: 2).weight.value)
  }

  @Test("Input of the wrong width is reported with the layer's path")
  func wrongWidth() throws {
    struct Model: Module { let head: Linear }
    let model = Model(head: Self.layer(3, 2))
    model.nameParameters()
    var pass = Pass.evaluation()
    let y = model.head(Tensor(NDArray(repeating: 0, shape: [2, 5, 4])), using: &pass)
    #expect(
      y.fault?.description
        == "layer \"head\": Gemm of [10, 4] and [2, 3] and [2]: the inner extents are 4 and 3")
  }
}
