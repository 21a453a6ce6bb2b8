import Layers
import Tensors
import TestSupport
import Testing

@Suite struct BatchNormTests {
  /// Runs a training pass over batches, one after the other, and keeps what it assigns.
  private static func train(_ layer: BatchNorm, on batches: [NDArray]) throws {
    var pass = Pass.training(using: RandomSource(seed: 1))
    let results = batches.map { layer(Tensor($0), using: &pass) }
    try Plan(inputs: [], outputs: results, updates: pass.assignments).run([NDArray]())
  }

  private static func batches() -> [NDArray] {
    var random = RandomSource(seed: 2)
    return [
      .uniform([5, 3], in: 0...1, using: &random),
      .uniform([4, 3, 2, 2], in: 2...5, using: &random),
    ]
  }

  @Test("Two batches in one pass move the running statistics as two passes would")
  func severalCalls() throws {
    let (once, twice) = (BatchNorm(channels: 3), BatchNorm(channels: 3))
    try Self.train(once, on: Self.batches())
    for batch in Self.batches() { try Self.train(twice, on: [batch]) }
    #expect(once.runningMean.value == twice.runningMean.value)
    #expect(once.runningVariance.value == twice.runningVariance.value)
    #expect(once.runningMean.value.scalars.allSatisfy { $0 > 0.3 })
  }

  @Test("A single number for each channel, or none, gives the bias and moves nothing")
  func singleNumber() throws {
    let layer = BatchNorm(channels: 2)
    layer.bias.value = NDArray([3, -4], shape: [2])
    var pass = Pass.training(using: RandomSource(seed: 1))
    let y = layer(Tensor(NDArray([7, 8], shape: [1, 2])), using: &pass)
    #expect(try y.evaluated().scalars == [3, -4])
    _ = layer(Tensor(NDArray([], shape: [0, 2])), using: &pass)
    #expect(pass.assignments.isEmpty)
  }

  @Test("Evaluation reads what training left, and assigns nothing")
  func evaluation() throws {
    let layer = BatchNorm(channels: 1, momentum: 1)
    try Self.train(layer, on: [NDArray([1, 3, 5], shape: [3, 1])])
    #expect(layer.runningMean.value.scalars == [3])
    #expect(layer.runningVariance.value.scalars == [4])
    var pass = Pass.evaluation()
    let y = layer(Tensor(NDArray([3, 7], shape: [2, 1])), using: &pass)
    expectClose(try y.evaluated().scalars, [0, 2])
    #expect(pass.assignments.isEmpty)
  }

  @Test("Channels that do not fit are reported with the layer's name")
  func faults() {
    struct Network: Module { let first: BatchNorm, second: GroupNorm, third: LayerNorm }
    let network = Network(
      first: BatchNorm(channels: 3), second: GroupNorm(groups: 2, channels: 4),
      third: LayerNorm(size: 5))
    network.nameParameters()
    var pass = Pass.training(using: RandomSource(seed: 1))
    let x = Tensor(NDArray(repeating: 0, shape: [2, 6, 4]))
    let found = [
      network.first(x, using: &pass), network.second(x, using: &pass),
      network.third(x, using: &pass),
    ].map { $0.fault?.description }
    #expect(pass.assignments.isEmpty)
    #expect(
      found == [
        "layer \"first\": BatchNormalization of [2, 6, 4] and [3] and [3]: "
          + "there are 6 channels, and numbers of shape [3] for them",
        "layer \"second\": GroupNormalization of [2, 6, 4] and [4] and [4]: "
          + "there are 6 channels, and numbers of shape [4] for them",
        "layer \"third\": LayerNormalization of [2, 6, 4] and [5] and [5]: "
          + "the last axes are not [5], whose rows are normalised",
      ])
  }

  @Test("Only weight and bias are trained; all four have PyTorch's names")
  func parameters() {
    let layer = BatchNorm(channels: 4)
    #expect(
      layer.namedParameters.map(\.path) == ["weight", "bias", "running_mean", "running_var"])
    #expect(layer.parameters.map(\.isTrainable) == [true, true, false, false])
    #expect(layer.parameters.map { $0.value.scalars[0] } == [1, 0, 0, 1])
  }
}
