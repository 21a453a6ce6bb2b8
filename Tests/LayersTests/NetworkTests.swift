import Foundation
import Layers
import Tensors
import TestSupport
import Testing

@Suite struct NetworkTests {
  private struct Autoencoder: Module {
    let encoder: Sequential
    let decoder: Sequential

    init(_ activation: Activation, seed: UInt64) {
      var random = RandomSource(seed: seed)
      encoder = Sequential([
        Linear(inputSize: 6, outputSize: 5, using: &random), activation,
        Linear(inputSize: 5, outputSize: 2, using: &random),
      ])
      decoder = Sequential([
        Linear(inputSize: 2, outputSize: 5, using: &random), activation,
        Linear(inputSize: 5, outputSize: 6, using: &random),
      ])
    }

    func loss(_ x: Tensor) -> Tensor {
      var pass = Pass.evaluation()
      let y = decoder(encoder(x, using: &pass), using: &pass)
      return ReconstructionLoss.binaryCrossEntropy(of: y, target: x).mean()
    }
  }

  /// The same loss in `Double`: weights and biases in pairs.
  private static func loss(
    _ parameters: [DoubleArray], _ x: DoubleArray, _ function: (Double) -> Double
  ) -> Double {
    var value = x
    for layer in 0..<4 {
      value = .product(
        value, parameters[2 * layer], transposingSecond: true, bias: parameters[2 * layer + 1])
      if layer.isMultiple(of: 2) { value = value.mapped(function) }
    }
    let losses = DoubleArray.mapped([value, x]) {
      max($0[0], 0) + log1p(exp(-abs($0[0]))) - $0[0] * $0[1]
    }
    return losses.sum().values[0] / Double(x.shape[0])
  }

  @Test(
    "The gradient of a small network agrees with central differences",
    arguments: [Activation.tanh, .silu, .softplus], [1, 4, 7])
  func gradient(_ activation: Activation, _ batch: Int) throws {
    let network = Autoencoder(activation, seed: UInt64(batch))
    var random = RandomSource(seed: 9)
    let x = NDArray.uniform([batch, 6], in: 0...1, using: &random)
    let function: (Double) -> Double =
      switch activation {
      case .tanh: { tanh($0) }
      case .silu: { $0 / (1 + exp(-$0)) }
      default: { log1p(exp($0)) }
      }
    let loss = network.loss(Tensor(x))
    let parameters = network.parameters
    let slopes = try gradients(of: loss, withRespectTo: parameters.map(\.tensor))
    #expect(slopes.allSatisfy { $0 != nil })
    let values = try Tensor.evaluated([loss] + slopes.compactMap { $0 })
    let (exact, data) = (parameters.map { DoubleArray($0.value) }, DoubleArray(x))
    expectClose(values[0].scalars, [Self.loss(exact, data, function)], tolerance: 1e-6)
    for index in parameters.indices {
      let expected = centralDifferences(of: exact, by: index) { Self.loss($0, data, function) }
      expectClose(values[1 + index], expected, tolerance: 2e-6, network.namedParameters[index].path)
    }
  }

  @Test("Training lowers the loss, the same with equal seeds", arguments: [1, 3])
  func training(_ threads: Int) throws {
    func train() throws -> [Float] {
      let network = Autoencoder(.relu, seed: 4)
      let optimizer = Optimizer(.adam(), of: network.parameters, clipping: .norm(5))
      let (x, rates) = (Tensor.input([16, 6]), Tensor.input([3]))
      let loss = network.loss(x)
      let slopes = try gradients(of: loss, withRespectTo: optimizer.parameters.map(\.tensor))
      let plan = try Plan(
        inputs: [x, rates], outputs: [loss],
        updates: optimizer.updates(gradients: slopes, rates: rates),
        on: Engine(threadCount: threads))
      var random = RandomSource(seed: 5)
      let bits = NDArray(
        (0..<96).map { _ in random.uniform() < 0.5 ? 0 : 1 }, shape: [16, 6])
      return try (0..<200).map { _ in
        try plan.run([bits, NDArray(optimizer.nextRates(learningRate: 0.02), shape: [3])])
        return plan.output(0).scalars[0]
      }
    }
    let losses = try train()
    #expect(losses[199] < 0.7 * losses[0])
    #expect(try train() == losses)
  }
}
