import Foundation
import Layers
import Tensors
import TestSupport
import Testing

@Suite struct ActivationTests {
  private static func formula(_ activation: Activation, _ x: Double) -> Double {
    let sigmoid = 1 / (1 + exp(-x))
    return switch activation {
    case .identity: x
    case .relu: max(x, 0)
    case .leakyRelu: x > 0 ? x : 0.01 * x
    case .elu: x > 0 ? x : expm1(x)
    case .selu: 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * expm1(x))
    case .gelu: x * 0.5 * (1 + erf(x / 2.0.squareRoot()))
    case .silu: x * sigmoid
    case .softplus: max(x, 0) + log1p(exp(-abs(x)))
    case .tanh: tanh(x)
    case .sigmoid: sigmoid
    }
  }

  @Test("An activation agrees with its formula and its slope", arguments: Activation.allCases)
  func formulas(_ activation: Activation) throws {
    for shape in [[], [0], [1], [4, 7]] as [Shape] {
      try checkOperator(
        [Draw(shape, in: -6...6)], reference: { $0[0].mapped { Self.formula(activation, $0) } },
        { activation($0[0]) })
    }
  }

  @Test("An activation's values and slopes are PyTorch's", arguments: Activation.allCases)
  func torch(_ activation: Activation) throws {
    let reference = try Reference.load()
    let expected = try #require(reference.activations[activation.rawValue])
    let x = Tensor(
      NDArray(reference.points.map { Float($0) }, shape: [reference.points.count]))
    let y = activation(x)
    let slope = try #require(try gradients(of: y.sum(), withRespectTo: [x])[0])
    let values = try Tensor.evaluated([y, slope])
    expectClose(values[0].scalars, expected.value, tolerance: 1e-6)
    expectClose(values[1].scalars, expected.gradient, tolerance: 1e-6, "gradient")
  }

  @Test("Names decode, and an unknown one lists the known")
  func names() throws {
    for activation in Activation.allCases {
      let data = try JSONEncoder().encode([activation])
      #expect(String(decoding: data, as: UTF8.self) == "[\"\(activation.rawValue)\"]")
      #expect(try JSONDecoder().decode([Activation].self, from: data) == [activation])
    }
    let error = #expect(throws: UnknownChoice.self) {
      try JSONDecoder().decode([String: Activation].self, from: Data(#"{"middle":"rleu"}"#.utf8))
    }
    #expect(
      error?.description
        == "middle is one of identity, relu, leakyRelu, elu, selu, gelu, silu, softplus, tanh, "
        + "sigmoid; got \"rleu\"")
  }

  @Test("Large arguments give no NaN, forward or back", arguments: Activation.allCases)
  func largeArguments(_ activation: Activation) throws {
    let x = Tensor(NDArray([-1e30, -1000, -100, 100, 1000, 1e30], shape: [6]))
    let y = activation(x)
    let slope = try #require(try gradients(of: y.sum(), withRespectTo: [x])[0])
    for value in try Tensor.evaluated([y, slope]) {
      #expect(value.scalars.allSatisfy { $0.isFinite }, "\(activation): \(value.scalars)")
    }
  }
}
