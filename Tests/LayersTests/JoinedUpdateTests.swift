import Layers
import Tensors
import Testing

/// A gradient that only its update reads is computed block by block and stepped at once.
@Suite struct JoinedUpdateTests {
  @Test(
    "Stepping block by block gives what stepping the whole gradient gives", arguments: [1, 2, 3])
  func blocks(threads: Int) throws {
    let engine = try Engine(threadCount: threads)
    // Several blocks for each worker, and a single row.
    for (inputs, outputs) in [(700, 500), (3, 1), (1, 300), (129, 257)] {
      let joined = try steppedWeights(inputs, outputs, keepingGradient: false, engine)
      let apart = try steppedWeights(inputs, outputs, keepingGradient: true, engine)
      #expect(joined.count == apart.count)
      for (one, other) in zip(joined, apart) { #expect(abs(one - other) <= 1e-6) }
    }
  }

  /// The weights of a linear layer after three steps of gradient descent.
  private func steppedWeights(
    _ inputs: Int, _ outputs: Int, keepingGradient: Bool, _ engine: Engine
  ) throws -> [Float] {
    var random = RandomSource(seed: 7)
    let layer = Linear(inputSize: inputs, outputSize: outputs, using: &random)
    let examples = Initializer.normal(1).values([16, inputs], using: &random)
    var pass = Pass.training(using: random)
    let y = layer(Tensor(examples), using: &pass)
    let optimizer = Optimizer(.sgd(momentum: 0.9), of: layer.parameters)
    let rates = Tensor.input([3])
    let slopes = try gradients(
      of: y.squared().mean(), withRespectTo: optimizer.parameters.map(\.tensor))
    let plan = try Plan(
      inputs: [rates], outputs: keepingGradient ? slopes.compactMap { $0 } : [],
      updates: optimizer.updates(gradients: slopes, rates: rates), on: engine)
    for step in 0..<3 {
      let values = optimizer.nextRates(learningRate: 0.1)
      try plan.run([NDArray(values, shape: [3])], step: UInt64(step))
    }
    return layer.parameters.flatMap { $0.value.scalars }
  }
}
