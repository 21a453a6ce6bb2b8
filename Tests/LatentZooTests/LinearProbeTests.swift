import Foundation
import Testing

@testable import LatentZoo

@Suite struct LinearProbeTests {
  private func digits() throws -> (rows: NDArray, labels: [Int]) {
    let digits = try DataSource(parsing: "digits").open().train
    let rows = NDArray(
      try digits.examples(0..<digits.count).scalars, shape: [digits.count, 64])
    return (rows, try #require(digits.labels))
  }

  @Test func twoPointsHaveTheKnownSolution() throws {
    // Standard units: x = ±1. With weights ±w the loss is 2 log(1 + exp(-2 w)) + strength w², so
    // strength · w = 2 / (1 + exp(2 w)); w = log(3) / 2 for the strength 1 / log(3).
    let logarithm = Foundation.log(3.0)
    let probe = try LinearProbe(
      fitting: .codes(NDArray([3, 7], shape: [2, 1])), labels: [0, 1], classCount: 2,
      strengths: [1 / logarithm])
    let expected = [-logarithm / 2, logarithm / 2, 0, 0]
    for (value, wanted) in zip(probe.parameters, expected) {
      #expect(abs(value - wanted) < 1e-4, "\(probe.parameters)")
    }
  }

  /// scikit-learn 1.7, LogisticRegression(C=1/strength) on standardised digits: fitted on the first 1,000, 744 and
  /// 727 of the other 797 are right.
  @Test(arguments: [(1.0, 744.0), (100.0, 727.0)])
  func digitsAreToldApartAsByScikitLearn(strength: Double, right: Double) throws {
    let (rows, labels) = try digits()
    let probe = try LinearProbe(
      fitting: .codes(rows.rows(0..<1000)), labels: Array(labels[..<1000]), classCount: 10,
      strengths: [strength])
    let accuracy = try probe.accuracy(
      on: .codes(rows.rows(1000..<1797)), labels: Array(labels[1000...]))
    #expect(abs(accuracy * 797 - right) < 1.5, "\(accuracy * 797)")
  }

  @Test func theSameCodesGiveTheSameProbe() throws {
    let (rows, labels) = try digits()
    let some = ProbeFeatures.codes(rows.rows(0..<200))
    let probes = try (0..<2).map { _ in
      try LinearProbe(fitting: some, labels: Array(labels[..<200]), classCount: 10)
    }
    #expect(probes[0].parameters == probes[1].parameters)
    #expect(LinearProbe.strengths.contains(probes[0].strength))
  }

  /// Strong penalties all leave the commonest class: that they gain nothing is no reason to try no weaker one.
  @Test func aCommonClassDoesNotEndTheSearchForAStrength() throws {
    var rows = SparseRows(size: 60)
    let labels = (0..<300).map { $0 % 3 == 0 ? 1 : 0 }
    for example in 0..<300 { rows.append([((example % 30) * 2 + labels[example], 0.3)]) }
    let probe = try LinearProbe(fitting: .sparse(rows), labels: labels, classCount: 2)
    #expect(try probe.accuracy(on: .sparse(rows), labels: labels) == 1)
    #expect(probe.strength < 100)
  }

  @Test func sparseAndDenseLossesAgree() throws {
    var sparse = SparseRows(size: 3)
    sparse.append([(0, 1), (2, -2)])
    sparse.append([])
    sparse.append([(1, 0.5)])
    let rows = NDArray([1, 0, -2, 0, 0, 0, 0, 0.5, 0], shape: [3, 3])
    let point = [0.1, -0.2, 0.3, 0.4, 0.5, -0.6, 0.05, -0.05]
    let labels = [1, 0, 1]
    let first = SparseSoftmaxLoss(sparse, labels: labels, classCount: 2)(point)
    let second = try DenseSoftmaxLoss(rows, labels: labels, classCount: 2, on: .shared)(point)
    #expect(abs(first.value - second.value) < 1e-6)
    for (one, other) in zip(first.gradient, second.gradient) { #expect(abs(one - other) < 1e-6) }
  }

  @Test func theSparseLossHasTheSlopesOfDifferences() {
    var rows = SparseRows(size: 2)
    rows.append([(0, 1), (1, 2)])
    rows.append([(1, -1)])
    let loss = SparseSoftmaxLoss(rows, labels: [2, 0], classCount: 3)
    let point = (0..<9).map { sin(Double($0)) }
    let gradient = loss(point).gradient
    for index in point.indices {
      var (up, down) = (point, point)
      up[index] += 1e-5
      down[index] -= 1e-5
      let slope = (loss(up).value - loss(down).value) / 2e-5
      #expect(abs(slope - gradient[index]) < 1e-8)
    }
  }

  @Test func everyExampleIsJudgedOnceAndFoldsHaveTheirShareOfEachClass() {
    let labels = (0..<20).map { $0 < 15 ? 0 : 1 }
    let splits = ProbeSplit.folds(5, of: labels)
    #expect(splits.flatMap(\.test).sorted() == Array(0..<20))
    for split in splits {
      #expect(Set(split.train).isDisjoint(with: split.test))
      #expect(split.test.count { labels[$0] == 0 } == 3)
      #expect(split.test.count { labels[$0] == 1 } == 1)
    }
    #expect(splits[0].test == [0, 1, 2, 15])
  }

  @Test func foldsWithoutExamplesAreLeftOut() {
    #expect(ProbeSplit.folds(5, of: [0]).isEmpty)
    #expect(ProbeSplit.folds(5, of: [0, 0]).count == 2)
  }
}

@Suite struct LBFGSTests {
  @Test func aStretchedBowlIsFollowedToItsGround() throws {
    let scales = [1.0, 10, 100, 1000]
    let minimum = try LBFGS().minimum(
      of: { point in
        let gradient = zip(scales, point).map { $0 * ($1 - 3) }
        return (zip(scales, point).reduce(0) { $0 + $1.0 * ($1.1 - 3) * ($1.1 - 3) / 2 }, gradient)
      }, from: [0, 0, 0, 0])
    for value in minimum { #expect(abs(value - 3) < 1e-3, "\(minimum)") }
  }
}

@Suite struct LeastSquaresTests {
  @Test func anAffineMapIsFoundExactly() {
    var random = RandomSource(seed: 3)
    let inputs = NDArray((0..<60).map { _ in Float(random.normal()) }, shape: [20, 3])
    let map: (NDArray) -> NDArray = { x in
      NDArray(
        (0..<x.shape[0]).flatMap { row in
          let (a, b, c) = (x.scalars[3 * row], x.scalars[3 * row + 1], x.scalars[3 * row + 2])
          return [2 * a - b + 5, 0.5 * c - 1]
        }, shape: [x.shape[0], 2])
    }
    let fitted = LeastSquares(from: inputs, to: map(inputs))
    let others = NDArray([1, 2, 3, -4, 0, 10], shape: [2, 3])
    for (value, wanted) in zip(fitted(others).scalars, map(others).scalars) {
      #expect(abs(value - wanted) < 1e-4)
    }
  }

  @Test func inputsThatDoNotDetermineTheMapStillGiveFiniteNumbers() {
    let inputs = NDArray([1, 1, 2, 2], shape: [2, 2])
    let fitted = LeastSquares(from: inputs, to: NDArray([1, 2], shape: [2, 1]))
    for (value, wanted) in zip(fitted(inputs).scalars, [1, 2] as [Float]) {
      #expect(abs(value - wanted) < 1e-3)
    }
  }
}

@Suite struct CosineNeighboursTests {
  private let codes = NDArray([1, 0, 0, 2, 3, 3, -1, 0, 0, 0], shape: [5, 2])

  @Test func theSmallestAngleComesFirstWhateverTheLength() {
    let found = CosineNeighbours(codes).nearest(3, to: NDArray([10, 1], shape: [1, 2]))
    #expect(found.map(\.index) == [0, 2, 1])
    #expect(abs(found[1].similarity - 11 / (2 * 101).squareRoot()) < 1e-6)
  }

  @Test func theQueryItselfCanBeLeftOut() {
    let found = CosineNeighbours(codes).nearest(9, to: codes.rows(0..<1), excluding: 0)
    #expect(found.map(\.index) == [2, 1, 4, 3])
    #expect(found.map(\.similarity)[2...] == [0, -1])
  }

  @Test func anglesCanBeSeenFromTheMeanOfTheCodes() {
    let far = NDArray([101, 100, 99, 100, 100, 101, 100, 99], shape: [4, 2])
    let found = CosineNeighbours(far, isCentred: true)
      .nearest(4, to: NDArray([103, 101], shape: [1, 2]))
    #expect(found.map(\.index) == [0, 2, 3, 1])
    #expect(abs(found[0].similarity - 3 / 10.squareRoot()) < 1e-6)
  }
}
