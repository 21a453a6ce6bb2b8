import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct FusionTests {
  private let x = Tensor(NDArray([0.5, -1, 2], shape: [3]))
  private static let exact: [Double] = [0.5, -1, 2]

  /// A chain of `length` additions of `step`.
  private static func chain(_ start: Tensor, _ length: Int, _ step: Float) -> Tensor {
    (0..<length).reduce(start) { value, _ in value + Tensor(step) }
  }

  @Test(
    "Chains of any length agree with the sum of their steps",
    arguments: [1, 19, 20, 21, 22, 40, 41, 500])
  func lengths(_ length: Int) throws {
    let y = Self.chain(x, length, 0.25)
    expectClose(
      try y.evaluated().scalars, Self.exact.map { $0 + 0.25 * Double(length) }, tolerance: 1e-6)
  }

  @Test("Two chains too long to join are computed before what reads both")
  func orderOfCutChains() throws {
    let first = Self.chain(x, 12, 0.25)
    let second = Self.chain(x * 2, 12, 0.5)
    // The sum cannot join both chains; what follows joins the first one again.
    let y = first * (first + second)
    expectClose(
      try y.evaluated().scalars, Self.exact.map { ($0 + 3) * ($0 + 3 + 2 * $0 + 6) },
      tolerance: 1e-6)
  }

  @Test("Cut chains never wait for each other in a circle")
  func circles() throws {
    let first = Self.chain(x, 12, 0.25)
    let second = Self.chain(x * 2, 12, 0.5)
    let filled = Self.chain(first * (first + second), 10, 1)
    let y = filled + second
    expectClose(
      try y.evaluated().scalars,
      Self.exact.map { ($0 + 3) * ($0 + 3 + 2 * $0 + 6) + 10 + 2 * $0 + 6 }, tolerance: 1e-6)
  }

  @Test("A chain of choices, each with operands of its own, keeps within its slots")
  func manyOperands() throws {
    var y = x
    var tensors: [Tensor] = []
    var sums: [Tensor] = []
    for step in 0..<60 {
      let (a, b) = (
        NDArray(repeating: Float(step), shape: [2, 3]), NDArray([1, 2, 3], shape: [3])
      )
      y = Tensor.where(Tensor(a) > 1e6, Tensor(b), y + Tensor(a))
      tensors.append(y)
      sums += (0..<3).map { _ in y.sum(axes: 1..<2) }
    }
    let values = try Tensor.evaluated(tensors + sums)
    for step in 0..<60 {
      let expected = Self.exact.map { $0 + Double(step * (step + 1)) / 2 }
      expectClose(values[step].scalars, expected + expected, tolerance: 1e-6)
      let total = expected.reduce(0, +)
      expectClose(values[60 + 3 * step].scalars, [total, total], tolerance: 1e-6)
    }
  }

  @Test("A value that leaves a chain and comes back is ready when it is read")
  func leavingAndReturning() throws {
    let x = Tensor(NDArray([1, 2, 3, 4], shape: [2, 2]))
    let y = x * 2
    let centred = y - y.sum(axes: 1..<2).reshaped(to: [2, 1]) * 0.5
    let scaled = centred / (centred.squared().sum(axes: 1..<2).reshaped(to: [2, 1]) + y)
    let expected: [Double] = [-1 / 4.0, 1 / 6.0, -1 / 8.0, 1 / 10.0]
    expectClose(try scaled.evaluated().scalars, expected, tolerance: 1e-6)
  }

  @Test(
    "What is needed only later is computed there, also where only a part of its readers is late")
  func sunkNodes() throws {
    let x = Tensor(NDArray([1, -2, 3], shape: [3]))
    let mask = x > 0
    let total = x.exp().sum()
    let late = mask * (x * total)
    let expected = [1.0, -2, 3].map { max($0, 0) * (exp(1) + exp(-2) + exp(3)) }
    expectClose(try late.evaluated().scalars, expected, tolerance: 1e-6)
    let both = try Tensor.evaluated([late, mask])
    #expect(both[1].scalars == [1, 0, 1])
  }
}
