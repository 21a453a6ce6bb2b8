import Layers
import Tensors
import TestSupport
import Testing

@Suite struct TransposedLinearTests {
  private struct Pair: Module {
    let forward: Linear
    let back: TransposedLinear
  }

  private static func makePair() -> Pair {
    var random = RandomSource(seed: 1)
    let forward = Linear(inputSize: 3, outputSize: 2, using: &random)
    return Pair(forward: forward, back: TransposedLinear(forward, using: &random))
  }

  @Test("It applies the transposed weight and a bias of its own")
  func values() throws {
    let pair = Self.makePair()
    let (weight, bias) = (pair.forward.weight.value.scalars, pair.back.bias.value.scalars)
    let z: [Float] = [0.5, -2]
    var pass = Pass.evaluation()
    let y = try pair.back(Tensor(NDArray(z, shape: [1, 2])), using: &pass).evaluated()
    let expected = (0..<3).map { index in
      Double(bias[index]) + Double(z[0]) * Double(weight[index])
        + Double(z[1]) * Double(weight[3 + index])
    }
    expectClose(y, DoubleArray(expected, shape: [1, 3]))
  }

  @Test("The shared weight has one path, and both uses move it")
  func sharing() throws {
    let pair = Self.makePair()
    #expect(pair.namedParameters.map(\.path) == ["forward/weight", "forward/bias", "back/bias"])
    #expect(pair.back.parameterCount == 3)
    let x = Tensor(NDArray([1, 2, 3], shape: [1, 3]))
    var pass = Pass.evaluation()
    let z = pair.forward(x, using: &pass)
    let y = pair.back(z, using: &pass)
    let weight = pair.forward.weight.tensor
    let both = y.sum().gradient(withRespectTo: weight)
    let alone = pair.back(z.stoppingGradient(), using: &pass)
    let one = alone.sum().gradient(withRespectTo: weight)
    let values = try Tensor.evaluated([both, one])
    #expect(values[0] != values[1])
  }
}
