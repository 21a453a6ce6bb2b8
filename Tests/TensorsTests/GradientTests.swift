import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct GradientTests {
  /// The gradients of a loss by one vector input.
  private static func slope(
    at x: [Float], _ loss: (Tensor) -> Tensor
  ) throws -> [Float]? {
    let input = Tensor.input([x.count])
    guard let slope = try gradients(of: loss(input), withRespectTo: [input])[0] else { return nil }
    let plan = try Plan(inputs: [input], outputs: [slope])
    try plan.run([NDArray(x, shape: [x.count])])
    #expect(plan.output(0).shape == [x.count])
    return plan.output(0).scalars
  }

  @Test("Every use of a tensor adds to its gradient")
  func accumulation() throws {
    #expect(try Self.slope(at: [1, 2]) { ($0 * $0).sum() } == [2, 4])
    #expect(try Self.slope(at: [1, 2]) { ($0 + $0 + $0).sum() } == [3, 3])
    #expect(try Self.slope(at: [1, 2]) { $0.sum() + 2 * $0.sum() } == [3, 3])
    #expect(try Self.slope(at: [1, 2]) { $0.sum() + $0.mean() + ($0 * $0).sum() } == [3.5, 5.5])
    #expect(try Self.slope(at: [1, 2]) { ($0.reshaped(to: [2, 1]) * $0).sum() } == [6, 6])
  }

  @Test("A tensor that the loss does not depend on has no gradient")
  func noPath() throws {
    let (x, y) = (Tensor.input([2]), Tensor.input([2]))
    #expect(try gradients(of: x.sum(), withRespectTo: [y, x])[0] == nil)
    #expect(try gradients(of: (x > y).sum(), withRespectTo: [x, y]) == [nil, nil])
    #expect(try gradients(of: Tensor(2), withRespectTo: [x]) == [nil])
    #expect(try gradients(of: x.sum(), withRespectTo: []).isEmpty)
  }

  @Test("The gradient of a loss by itself is 1")
  func byItself() throws {
    let loss = (Tensor(3) * 2)
    let slope = try #require(try gradients(of: loss, withRespectTo: [loss])[0])
    #expect(try slope.evaluated() == NDArray(1))
  }

  @Test("Gradients flow to values between, and through them to their inputs")
  func between() throws {
    let x = Tensor.input([3])
    let y = x * 2
    let z = y.squared()
    let slopes = try gradients(of: z.sum(), withRespectTo: [x, y, z]).map { try #require($0) }
    let plan = try Plan(inputs: [x], outputs: slopes)
    try plan.run([NDArray([1, 2, 3], shape: [3])])
    #expect(plan.output(0).scalars == [8, 16, 24])
    #expect(plan.output(1).scalars == [4, 8, 12])
    #expect(plan.output(2).scalars == [1, 1, 1])
  }

  @Test("A parameter used twice gets the sum of both gradients, in one product or two")
  func sharedParameter() throws {
    let weight = Parameter(NDArray([1, 2, 3, 4], shape: [2, 2]))
    let x = Tensor(NDArray([1, -1], shape: [1, 2]))
    let y = Tensor.product(.product(x, weight.tensor), weight.tensor)
    let slope = try #require(try gradients(of: y.sum(), withRespectTo: [weight.tensor])[0])
    // y = x W W; dL/dW = xᵀ (1 Wᵀ) + (x W)ᵀ 1.
    #expect(try slope.evaluated().scalars == [1, 5, -5, -9])
  }

  @Test("A tie of two shares the gradient between them")
  func ties() throws {
    let loss: (Tensor) -> Tensor = { Tensor.maximum($0, 1).sum() }
    #expect(try Self.slope(at: [0, 1, 2], loss) == [0, 0.5, 1])
    #expect(try Self.slope(at: [0, 1, 2]) { Tensor.minimum($0, 1).sum() } == [1, 0.5, 0])
    #expect(try Self.slope(at: [2, 2]) { Tensor.maximum($0, $0).sum() } == [1, 1])
  }

  @Test("Slopes at kinks are PyTorch's")
  func kinks() throws {
    let x: [Float] = [-1, 0, 1]
    #expect(try Self.slope(at: x) { $0.relu().sum() } == [0, 0, 1])
    #expect(try Self.slope(at: x) { $0.absolute().sum() } == [-1, 0, 1])
    #expect(try Self.slope(at: x) { $0.leakyRelu(slope: 0.5).sum() } == [0.5, 0.5, 1])
    #expect(try Self.slope(at: [0, 1]) { $0.elu(alpha: 2).sum() } == [2, 1])
    #expect(try Self.slope(at: [0, 4]) { $0.squareRoot().sum() } == [.infinity, 0.25])
  }

  @Test("No NaN leaks from the branch that was not chosen")
  func unchosenBranch() throws {
    let slope = try Self.slope(at: [-4, 4]) { x in
      Tensor.where(x > 0, Tensor.where(x > 0, x, 1).squareRoot(), 0).sum()
    }
    #expect(slope == [0, 0.25])
  }

  @Test("Gradients of gradients agree with the formula")
  func second() throws {
    let x = Tensor.input([4])
    let first = try #require(
      try gradients(of: (x * x * x.tanh()).sum(), withRespectTo: [x])[0])
    let slope = try #require(try gradients(of: first.sum(), withRespectTo: [x])[0])
    let plan = try Plan(inputs: [x], outputs: [slope])
    let values: [Float] = [-1.5, -0.2, 0.4, 1.1]
    try plan.run([NDArray(values, shape: [4])])
    let expected = values.map { value in
      let (x, t) = (Double(value), Double(value).hyperbolicTangent)
      let s = 1 - t * t
      return 2 * t + 4 * x * s - 2 * x * x * t * s
    }
    expectClose(plan.output(0).scalars, expected, tolerance: 1e-5)
  }

  @Test("A long recurrence is differentiated without a deep stack")
  func recurrence() throws {
    let x = Tensor.input([4])
    var state = x
    for _ in 0..<2_000 { state = state * 0.999 }
    let slope = try #require(try gradients(of: state.sum(), withRespectTo: [x])[0])
    let plan = try Plan(inputs: [x], outputs: [state.sum(), slope])
    try plan.run([NDArray(repeating: 1, shape: [4])])
    expectClose(plan.output(1).scalars[0], 0.1353216, tolerance: 3e-3)
  }
}

extension Double {
  fileprivate var hyperbolicTangent: Double { 1 - 2 / (1 + exp(2 * self)) }
}
