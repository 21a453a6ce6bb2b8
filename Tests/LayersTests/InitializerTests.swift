import Layers
import Tensors
import Testing

@Suite struct InitializerTests {
  struct Case: Sendable {
    let initializer: Initializer
    /// The standard deviation for a fan-in of 120 and a fan-out of 200.
    let deviation: Double
    let isNormal: Bool
  }

  static let cases = [
    Case(initializer: .fanInUniform, deviation: (1 / 120.0 / 3).squareRoot(), isNormal: false),
    Case(initializer: .xavierUniform, deviation: (2 / 320.0).squareRoot(), isNormal: false),
    Case(initializer: .xavierNormal, deviation: (2 / 320.0).squareRoot(), isNormal: true),
    Case(initializer: .kaimingUniform, deviation: (2 / 120.0).squareRoot(), isNormal: false),
    Case(initializer: .kaimingNormal, deviation: (2 / 120.0).squareRoot(), isNormal: true),
    Case(initializer: .uniform(0.3), deviation: 0.3 / 3.0.squareRoot(), isNormal: false),
    Case(initializer: .normal(0.02), deviation: 0.02, isNormal: true),
  ]

  @Test("Values have the distribution's mean, deviation, range and fourth moment", arguments: cases)
  func statistics(_ given: Case) {
    for shape in [[200, 120], [50, 30, 2, 2]] as [Shape] {
      var random = RandomSource(seed: 6)
      let array = given.initializer.values(shape, using: &random)
      #expect(array.shape == shape)
      let values = array.scalars.map { Double($0) / given.deviation }
      let count = Double(values.count)
      #expect(abs(values.reduce(0, +) / count) < 5 / count.squareRoot())
      #expect(abs(values.reduce(0) { $0 + $1 * $1 } / count - 1) < 0.05)
      let fourth = values.reduce(0) { $0 + $1 * $1 * $1 * $1 } / count
      #expect(abs(fourth - (given.isNormal ? 3 : 1.8)) < (given.isNormal ? 0.4 : 0.1))
      if !given.isNormal {
        #expect(values.allSatisfy { abs($0) <= 3.0.squareRoot() * (1 + 1e-6) })
      }
    }
  }

  @Test("A constant fills the array")
  func constants() {
    var random = RandomSource(seed: 0)
    let before = random
    #expect(
      Initializer.zeros.values([2, 3], using: &random) == NDArray(repeating: 0, shape: [2, 3]))
    #expect(Initializer.ones.values([2], using: &random) == NDArray(repeating: 1, shape: [2]))
    #expect(Initializer.constant(2.5).values([], using: &random) == NDArray(2.5))
    #expect(random == before)
  }

  @Test("Every initialiser fills shapes of any rank and size", arguments: cases)
  func shapes(_ given: Case) {
    var random = RandomSource(seed: 0)
    for shape in [[], [1], [0], [7], [0, 4], [4, 0], [2, 3, 4, 5]] as [Shape] {
      let array = given.initializer.values(shape, using: &random)
      #expect(array.shape == shape && array.scalars.allSatisfy { $0.isFinite })
    }
  }
}
