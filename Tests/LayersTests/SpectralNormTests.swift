import Layers
import Tensors
import TestSupport
import Testing

@Suite struct SpectralNormTests {
  @Test("Weight, vectors and the layer's other parameters have PyTorch's names")
  func names() {
    var random = RandomSource(seed: 1)
    let dense = SpectralNorm(Linear(inputSize: 5, outputSize: 3, using: &random), using: &random)
    #expect(dense.namedParameters.map(\.path) == ["weight_orig", "weight_u", "weight_v", "bias"])
    #expect(dense.parameters.map(\.shape) == [[3, 5], [3], [5], [3]])
    #expect(dense.parameters.map(\.isTrainable) == [true, false, false, true])
    let transposed = SpectralNorm(
      ConvTranspose2D(
        inputChannels: 4, outputChannels: 6, kernelSize: 3, groups: 2, hasBias: false,
        using: &random), using: &random)
    #expect(transposed.namedParameters.map(\.path) == ["weight_orig", "weight_u", "weight_v"])
    #expect(transposed.parameters.map(\.shape) == [[4, 3, 3, 3], [3], [36]])
  }

  /// The greatest singular value of a matrix with the outputs first, by a long power iteration.
  private static func greatest(_ matrix: DoubleArray) -> Double {
    var v = DoubleArray([matrix.shape[1], 1]) { 1 / Double($0[0] + 1) }
    var length = 0.0
    for _ in 0..<500 {
      let u = DoubleArray.product(matrix, v)
      v = DoubleArray.product(matrix, u, transposingFirst: true)
      length = v.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      v = v.mapped { $0 / length }
    }
    return length.squareRoot()
  }

  /// Checks that the weight used has the greatest singular value 1, from the start in evaluation.
  private static func check<Wrapped: WeightedLayer>(_ layer: SpectralNorm<Wrapped>) throws {
    var pass = Pass.evaluation()
    let weight = DoubleArray(try layer.weight(using: &pass).evaluated())
    #expect(pass.assignments.isEmpty)
    let axis = layer.layer.outputAxis
    let order = [axis] + weight.shape.dimensions.indices.filter { $0 != axis }
    let outputs = weight.shape[axis]
    let matrix = weight.transposed(order)
      .reshaped(to: [outputs, weight.shape.count / outputs])
    #expect((0.999...1.1).contains(greatest(matrix)))
  }

  @Test("The greatest singular value is 1 from the start, for each kind of layer")
  func singularValue() throws {
    var random = RandomSource(seed: 3)
    try Self.check(
      SpectralNorm(Linear(inputSize: 7, outputSize: 5, using: &random), using: &random))
    try Self.check(
      SpectralNorm(
        Conv1D(inputChannels: 3, outputChannels: 4, kernelSize: 3, using: &random),
        using: &random))
    try Self.check(
      SpectralNorm(
        ConvTranspose2D(inputChannels: 3, outputChannels: 4, kernelSize: 2, using: &random),
        using: &random))
  }

  @Test("Several calls in one pass go on from each other's vectors")
  func severalCalls() throws {
    func layer() -> SpectralNorm<Linear> {
      var random = RandomSource(seed: 4)
      let made = SpectralNorm(Linear(inputSize: 4, outputSize: 3, using: &random), using: &random)
      made.u.value = NDArray([1, 0, 0], shape: [3])
      made.v.value = NDArray([0, 0, 1, 0], shape: [4])
      return made
    }
    let (once, twice) = (layer(), layer())
    var pass = Pass.training(using: RandomSource(seed: 1))
    _ = once.weight(using: &pass)
    let weight = once.weight(using: &pass)
    try Plan(inputs: [], outputs: [weight], updates: pass.assignments).run([NDArray]())
    for _ in 0..<2 {
      var pass = Pass.training(using: RandomSource(seed: 1))
      let weight = twice.weight(using: &pass)
      try Plan(inputs: [], outputs: [weight], updates: pass.assignments).run([NDArray]())
    }
    expectClose(once.u.value, DoubleArray(twice.u.value))
    expectClose(once.v.value, DoubleArray(twice.v.value))
  }

  @Test("The gradient is that of a weight divided by a function of itself, with fixed vectors")
  func gradient() throws {
    var random = RandomSource(seed: 5)
    let layer = SpectralNorm(Linear(inputSize: 4, outputSize: 3, using: &random), using: &random)
    let (u, v) = (DoubleArray(layer.u.value), DoubleArray(layer.v.value))
    let factors = NDArray.uniform([3, 4], using: &random)
    var pass = Pass.evaluation()
    let loss = (layer.weight(using: &pass) * Tensor(factors)).sum()
    let slope = try #require(
      try gradients(of: loss, withRespectTo: [layer.layer.weight.tensor])[0])
    let exact = centralDifferences(of: [DoubleArray(layer.layer.weight.value)], by: 0) { moved in
      let sigma = DoubleArray.product(
        u.reshaped(to: [1, 3]), DoubleArray.product(moved[0], v.reshaped(to: [4, 1])))
      return zip(moved[0].values, factors.scalars).reduce(0) { $0 + $1.0 * Double($1.1) }
        / sigma.values[0]
    }
    expectClose(try slope.evaluated(), exact, tolerance: 2e-5)
  }
}
