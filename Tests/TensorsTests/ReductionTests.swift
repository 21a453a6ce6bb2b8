import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct ReductionTests {
  static let shapes: [Shape] = [
    [], [1], [0], [6], [3, 5], [1, 5], [5, 1], [0, 4], [4, 0], [2, 3, 5], [2, 0, 5], [1, 3, 1],
    [2, 3, 2, 5], [3, 1, 4, 1],
  ]

  @Test("A sum over any neighbouring axes agrees with the plain sum", arguments: shapes)
  func sums(_ shape: Shape) throws {
    for first in 0...shape.rank {
      for end in first...shape.rank {
        try checkOperator(
          [Draw(shape)], reference: { $0[0].sum(axes: first..<end) },
          { $0[0].sum(axes: first..<end) })
      }
    }
  }

  @Test("Total, mean and sums per example agree with the plain sum", arguments: shapes)
  func derivedSums(_ shape: Shape) throws {
    try checkOperator([Draw(shape)], reference: { $0[0].sum() }, { $0[0].sum() })
    try checkOperator(
      [Draw(shape)],
      reference: { x in x[0].sum().mapped { $0 / Double(max(shape.count, 1)) } }, { $0[0].mean() })
    try checkOperator(
      [Draw(shape)], reference: { $0[0].sum(axes: min(1, shape.rank)..<shape.rank) },
      { $0[0].summedPerExample() })
  }

  @Test("A sum inside a chain of elementwise operators agrees with the plain sum")
  func chained() throws {
    try checkOperator(
      [Draw([4, 3, 5]), Draw([5])],
      reference: {
        let y = DoubleArray.mapped($0) { ($0[0] * $0[1]) * ($0[0] * $0[1]) }
        return .mapped([y.sum(axes: 1..<3), y.sum(axes: 0..<2).sum()]) { $0[0] + $0[1] }
      },
      {
        let y = ($0[0] * $0[1]).squared()
        return y.sum(axes: 1..<3) + y.sum(axes: 0..<2).sum()
      })
  }

  @Test("Sums of one chain over different axes do not disturb each other")
  func severalAxes() throws {
    try checkOperator(
      [Draw([4, 3, 5])],
      reference: {
        let y = $0[0].mapped { $0 * $0 }
        return .mapped([y.sum(axes: 1..<3), y.sum(axes: 2..<3).sum(axes: 1..<2), y.sum()]) {
          $0[0] + 2 * $0[1] + $0[2]
        }
      },
      {
        let y = $0[0].squared()
        return y.sum(axes: 1..<3) + 2 * y.sum(axes: 2..<3).sum(axes: 1..<2) + y.sum()
      })
  }

  @Test("One chain may be summed a hundred times")
  func manySums() throws {
    let x = Tensor(NDArray([1, 2, 3, 4, 5, 6], shape: [2, 3])) * 2
    let sums = try Tensor.evaluated((0..<150).map { _ in x.sum(axes: 1..<2) })
    #expect(sums.allSatisfy { $0.scalars == [12, 30] })
  }

  @Test("Sums of many numbers keep their digits")
  func accuracy() throws {
    var random = RandomSource(seed: 8)
    for shape in [[300_000], [300_000, 1], [1, 300_000], [3, 100_000], [100_000, 3]] as [Shape] {
      let x = NDArray.uniform(shape, in: 0...1, using: &random)
      let total = x.scalars.reduce(0.0) { $0 + Double($1) }
      let found = Double(try Tensor(x).sum().evaluated().scalars[0])
      #expect(abs(found - total) / total < 2e-5, "\(shape): \(found), exact \(total)")
    }
  }

  @Test("A softmax is composed of sums and elementwise operators")
  func softmax() throws {
    try checkOperator(
      [Draw([4, 7])],
      reference: {
        let e = $0[0].mapped { exp($0) }
        return .mapped([e, e.sum(axes: 1..<2).reshaped(to: [4, 1])]) { $0[0] / $0[1] }
      },
      {
        let e = $0[0].exp()
        return e / e.sum(axes: 1..<2).reshaped(to: [4, 1])
      })
  }
}
