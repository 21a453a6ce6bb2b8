import Tensors
import TestSupport
import Testing

@Suite struct ShapingTests {
  @Test(
    "Reshaping keeps the elements in order",
    arguments: [
      ([], [1, 1]), ([6], [2, 3]), ([2, 3, 4], [4, 6]), ([2, 3], [6]), ([0, 3], [5, 0]),
      ([1], []), ([4], [4]),
    ] as [(Shape, Shape)])
  func reshape(_ from: Shape, _ to: Shape) throws {
    try checkOperator(
      [Draw(from)], reference: { $0[0].reshaped(to: to) }, { $0[0].reshaped(to: to) })
  }

  @Test(
    "Flattening keeps the first axis",
    arguments: [
      ([], [1, 1]), ([3], [3, 1]), ([2, 3, 4], [2, 12]), ([0, 3], [0, 3]), ([2, 0, 5], [2, 0]),
    ] as [(Shape, Shape)])
  func flatten(_ from: Shape, _ to: Shape) throws {
    try checkOperator(
      [Draw(from)], reference: { $0[0].reshaped(to: to) }, { $0[0].flattened() })
  }

  @Test(
    "Expanding repeats along axes of extent 1 and new axes",
    arguments: [
      ([], [3]), ([], [2, 3]), ([], []), ([1], [5]), ([3], [4, 3]), ([3, 1], [3, 4]),
      ([1, 3, 1], [2, 3, 4]), ([2, 1, 3], [2, 4, 3]), ([3, 1, 1], [2, 3, 4, 5]), ([1], [0]),
      ([1, 3], [0, 3]), ([0, 1], [0, 3]),
    ] as [(Shape, Shape)])
  func expand(_ from: Shape, _ to: Shape) throws {
    try checkOperator(
      [Draw(from)], reference: { $0[0].expanded(to: to) }, { $0[0].expanded(to: to) })
  }

  @Test("Two expanded operands keep the shape they were expanded to")
  func expandedOperands() throws {
    try checkOperator(
      [Draw([]), Draw([])],
      reference: { x in .mapped(x.map { $0.expanded(to: [3, 4]) }) { $0[0] * $0[1] } },
      { $0[0].expanded(to: [3, 4]) * $0[1].expanded(to: [3, 4]) })
    try checkOperator(
      [Draw([4]), Draw([1, 4])],
      reference: { x in .mapped(x.map { $0.expanded(to: [3, 4]) }) { $0[0] - $0[1] } },
      { $0[0].expanded(to: [3, 4]) - $0[1].expanded(to: [3, 4]) })
    try checkOperator(
      [Draw([4]), Draw([3, 4])],
      reference: { .mapped($0) { $0[0] / ($0[1] * $0[1] + 1) } },
      { $0[0].expanded(to: [3, 4]) / ($0[1].squared() + 1) })
  }

  @Test(
    "Transposing reorders the axes",
    arguments: [
      ([], []), ([3], [0]), ([3, 5], [1, 0]), ([2, 3, 4], [2, 0, 1]), ([2, 3, 4], [0, 2, 1]),
      ([2, 3, 4], [0, 1, 2]), ([2, 3, 4, 5], [0, 2, 3, 1]), ([2, 3, 4, 5], [3, 1, 0, 2]),
      ([0, 3], [1, 0]), ([1, 4, 1], [2, 1, 0]),
    ] as [(Shape, [Int])])
  func transpose(_ shape: Shape, _ permutation: [Int]) throws {
    try checkOperator(
      [Draw(shape)], reference: { $0[0].transposed(permutation) }, { $0[0].transposed(permutation) }
    )
  }

  @Test("Transposing without a permutation reverses the axes")
  func reversed() throws {
    try checkOperator(
      [Draw([2, 3, 4])], reference: { $0[0].transposed([2, 1, 0]) }, { $0[0].transposed() })
  }

  @Test("A stopped gradient keeps the value and counts as a constant")
  func stopped() throws {
    let x = Tensor.input([3])
    let loss = (x * x.stoppingGradient()).sum()
    let slope = try #require(try gradients(of: loss, withRespectTo: [x])[0])
    let plan = try Plan(inputs: [x], outputs: [loss, slope])
    try plan.run([NDArray([1, 2, 3], shape: [3])])
    #expect(plan.output(0).scalars == [14])
    #expect(plan.output(1).scalars == [1, 2, 3])
    #expect(try gradients(of: x.stoppingGradient().sum(), withRespectTo: [x]) == [nil])
  }

  @Test("A reversed gradient keeps the value and turns the slope around")
  func reversedGradient() throws {
    let x = Tensor(NDArray([1, 2, 3], shape: [3]))
    let y = x.squared().reversingGradient(scale: 0.5)
    let slope = try #require(try gradients(of: (3 * y).sum(), withRespectTo: [x])[0])
    #expect(try y.evaluated().scalars == [1, 4, 9])
    #expect(try slope.evaluated().scalars == [-3, -6, -9])
  }
}
