import Layers
import Tensors
import Testing

@Suite struct DropoutTests {
  private static func dropped(
    _ rate: Double, _ x: Tensor, seed: UInt64 = 1, step: UInt64 = 0
  ) throws -> [Float] {
    var pass = Pass.training(using: RandomSource(seed: 3))
    let plan = try Plan(inputs: [], outputs: [Dropout(rate: rate)(x, using: &pass)])
    try plan.run([NDArray](), seed: seed, step: step)
    return plan.output(0).scalars
  }

  @Test(
    "In training a share of the elements is 0 and the rest is scaled up",
    arguments: [0.1, 0.5, 0.9])
  func training(_ rate: Double) throws {
    let count = 200_000
    let values = try Self.dropped(rate, Tensor(NDArray(repeating: 3, shape: [count / 100, 100])))
    let zeros = Double(values.count { $0 == 0 })
    let deviation = (rate * (1 - rate) * Double(count)).squareRoot()
    #expect(abs(zeros - rate * Double(count)) < 5 * deviation)
    let kept = Set(values.filter { $0 != 0 })
    #expect(kept == [3 * Float(1 / (1 - rate))])
  }

  @Test("Each run drops other elements, the same run the same")
  func runs() throws {
    let x = Tensor(NDArray(repeating: 1, shape: [64]))
    let first = try Self.dropped(0.5, x)
    #expect(try Self.dropped(0.5, x) == first)
    #expect(try Self.dropped(0.5, x, step: 1) != first)
    #expect(try Self.dropped(0.5, x, seed: 2) != first)
  }

  @Test("In evaluation, or at a rate of 0, nothing is recorded")
  func evaluation() {
    let x = Tensor(NDArray([1, 2], shape: [2]))
    var pass = Pass.evaluation()
    #expect(Dropout(rate: 0.5)(x, using: &pass) == x)
    var training = Pass.training(using: RandomSource(seed: 1))
    #expect(Dropout(rate: 0)(x, using: &training) == x)
  }

  @Test("Gradients flow through what was kept, scaled alike, and nothing else")
  func gradient() throws {
    let x = Tensor(NDArray(repeating: 2, shape: [100]))
    var pass = Pass.training(using: RandomSource(seed: 3))
    let y = Dropout(rate: 0.75)(x, using: &pass)
    let slope = try #require(try gradients(of: y.sum(), withRespectTo: [x])[0])
    let values = try Tensor.evaluated([y, slope])
    #expect(values[1].scalars == values[0].scalars.map { $0 / 2 })
    #expect(Set(values[1].scalars) == [0, 4])
  }
}
