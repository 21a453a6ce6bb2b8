import Tensors
import TestSupport
import Testing

@Suite struct ElementwiseTests {
  static let shapes: [Shape] = [
    [], [1], [0], [7], [3, 5], [0, 4], [4, 0], [2, 3, 5], [2, 1, 3, 17],
  ]

  /// Shapes that meet: equal, scalar, row, column, middle axis, leading axes, both repeating, size 0.
  static let pairs: [[Shape]] = [
    [[], []], [[5], [5]], [[5], []], [[], [5]], [[1], [5]], [[5], [1]], [[1], [1, 1]],
    [[4, 5], [5]], [[5], [4, 5]], [[4, 5], [1, 5]], [[4, 5], [4, 1]], [[4, 1], [4, 5]],
    [[4, 1], [1, 5]], [[1, 5], [4, 1]], [[4, 1], [5]], [[2, 3, 5], [3, 1]],
    [[2, 3, 5], [2, 1, 5]],
    [[2, 3, 5], [1, 3, 1]], [[2, 3, 5], [2, 1, 1]], [[2, 3, 5], [3, 5]], [[2, 1, 5], [3, 1]],
    [[1, 3, 1], [2, 1, 5]], [[2, 3, 2, 5], [3, 1, 1]], [[2, 3, 2, 5], [1, 3, 1, 5]],
    [[2, 1, 2, 1], [3, 1, 5]], [[2, 3, 4, 1], [2, 1, 1, 5]], [[0], [1]], [[1], [0]],
    [[0, 3], [3]], [[3, 0], [3, 1]], [[3, 1], [1, 0]], [[2, 0, 3], [2, 1, 3]],
  ]

  @Test(
    "A function of one element agrees with its formula and its slope",
    arguments: ElementwiseCase.unary, shapes)
  func unary(_ operation: ElementwiseCase, _ shape: Shape) throws {
    try operation.check([shape])
  }

  @Test(
    "A function of two elements broadcasts, forward and back", arguments: ElementwiseCase.binary,
    pairs)
  func binary(_ operation: ElementwiseCase, _ shapes: [Shape]) throws {
    try operation.check(shapes)
  }

  @Test(
    "A choice broadcasts all three operands",
    arguments: [
      [[], [], []], [[4, 5], [4, 5], [4, 5]], [[4, 1], [5], []], [[5], [4, 1], [1, 1]],
      [[], [4, 5], [5]], [[2, 1, 3], [4, 1], [2, 1, 1]], [[0, 3], [3], []],
    ] as [[Shape]])
  func choice(_ shapes: [Shape]) throws {
    let operands = [Draw(shapes[0], integers: 0...1), Draw(shapes[1]), Draw(shapes[2])]
    // The step of the differences would turn a condition of 0 into one: it is moved by none.
    var random = RandomSource(seed: 3)
    let condition = operands[0].values(using: &random)
    let exact = DoubleArray(condition)
    try checkOperator(
      Array(operands.dropFirst()),
      reference: { .mapped([exact] + $0) { $0[0] != 0 ? $0[1] : $0[2] } },
      { .where(Tensor(condition), $0[0], $0[1]) })
  }

  @Test("Equality gives 1 and 0 and no gradient")
  func equality() throws {
    try checkOperator(
      [Draw([4, 5], integers: 0...2), Draw([5], integers: 0...2)],
      reference: { .mapped($0) { $0[0] == $0[1] ? 1 : 0 } }, { $0[0].equal(to: $0[1]) })
  }

  @Test("Comparisons and logic give 1 and 0, and only inequality holds of NaN")
  func logic() throws {
    let (a, b) = (
      Tensor(NDArray([0, 1, 0, -2, .nan, 3], shape: [6])),
      Tensor(NDArray([0, 0, 5, -2, 1, .nan], shape: [6]))
    )
    let results = try Tensor.evaluated([
      a >= b, a <= b, a.notEqual(to: b), a.equal(to: b), a.and(b), a.or(b), a.not(),
    ]).map(\.scalars)
    #expect(
      results == [
        [1, 1, 0, 1, 0, 0], [1, 0, 1, 1, 0, 0], [0, 1, 1, 0, 1, 1], [1, 0, 0, 1, 0, 0],
        [0, 0, 0, 1, 1, 1], [0, 1, 1, 1, 1, 1], [1, 0, 1, 0, 0, 0],
      ])
  }

  @Test("Whole powers hold for negative numbers and at 0, other powers at 0")
  func powers() throws {
    let x = Tensor(NDArray([-2, 0, 2], shape: [3]))
    func slope(_ y: Tensor) throws -> [Float] {
      try #require(try gradients(of: y.sum(), withRespectTo: [x])[0]).evaluated().scalars
    }
    #expect(try x.power(3).evaluated().scalars == [-8, 0, 8])
    #expect(try slope(x.power(3)) == [12, 0, 12])
    #expect(try x.power(-1).evaluated().scalars == [-0.5, .infinity, 0.5])
    let other = try x.power(1.5).evaluated().scalars
    #expect(other[0].isNaN && other[1] == 0)
    #expect(try slope(x.power(1.5))[1] == 0)
  }

  @Test("Any number but 0 chooses the first of two")
  func truth() throws {
    let condition = Tensor(NDArray([0, -0.0, 1, -2, .nan, .leastNonzeroMagnitude], shape: [6]))
    let value = try Tensor.where(condition, 1, 2).evaluated()
    #expect(value.scalars == [2, 2, 1, 1, 1, 1])
  }

  @Test("NaN goes through every choice between numbers")
  func propagation() throws {
    let x = Tensor(NDArray([.nan, 1, .nan], shape: [3]))
    let y = Tensor(NDArray([1, .nan, .nan], shape: [3]))
    for tensor in [Tensor.maximum(x, y), .minimum(x, y), x + y, (x * y).relu(), (x + y).sign()] {
      #expect(try tensor.evaluated().scalars.allSatisfy(\.isNaN))
    }
    #expect(try (x.clamped(-1, 1)).evaluated().scalars[0].isNaN)
    for tensor in [x > y, x < y, x.equal(to: y)] {
      #expect(try tensor.evaluated().scalars == [0, 0, 0])
    }
  }

  @Test("Rows longer than a tile and matrices of many rows agree with the formula")
  func longRows() throws {
    var random = RandomSource(seed: 5)
    for (rows, columns) in [(3, 511), (3, 512), (3, 513), (2, 1537), (1030, 3), (1, 5000)] {
      let x = NDArray.uniform([rows, columns], using: &random)
      let row = NDArray.uniform([columns], using: &random)
      let column = NDArray.uniform([rows, 1], using: &random)
      let y = (Tensor(x) * Tensor(row) - Tensor(column)).evaluatedBeside((Tensor(x) - 1).squared())
      let expected = DoubleArray.mapped([x, row, column].map { DoubleArray($0) }) {
        $0[0] * $0[1] - $0[2]
      }
      expectClose(try y(), expected, tolerance: 1e-6, "[\(rows), \(columns)]")
    }
  }
}

extension Tensor {
  /// The tensor's value, computed in one plan with another's.
  func evaluatedBeside(_ other: Tensor) -> () throws -> NDArray {
    { try Tensor.evaluated([self, other])[0] }
  }
}
