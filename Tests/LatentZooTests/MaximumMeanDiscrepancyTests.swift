import Foundation
import LatentZoo
import Testing

@Suite struct MaximumMeanDiscrepancyTests {
  private static func normal(_ shape: Shape, seed: UInt64, shift: Double = 0) -> NDArray {
    var random = RandomSource(seed: seed)
    return NDArray((0..<shape.count).map { _ in Float(random.normal() + shift) }, shape: shape)
  }

  /// Both estimates, pair by pair.
  private static func naive(
    _ x: NDArray, _ y: NDArray, bandwidth: Double
  ) -> (unbiased: Double, biased: Double) {
    func kernel(_ a: NDArray, _ i: Int, _ b: NDArray, _ j: Int) -> Double {
      let square = zip(a.rows(i..<i + 1).scalars, b.rows(j..<j + 1).scalars).reduce(0.0) {
        $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1))
      }
      return [0.5, 1, 2].reduce(0.0) { sum, factor in
        sum + exp(-square / (2 * factor * factor * bandwidth * bandwidth)) / 3
      }
    }
    func mean(_ a: NDArray, _ b: NDArray, isWithin: Bool) -> Double {
      var (sum, pairs) = (0.0, 0.0)
      for i in 0..<a.shape[0] {
        for j in 0..<b.shape[0] where !isWithin || i != j {
          sum += kernel(a, i, b, j)
          pairs += 1
        }
      }
      return sum / pairs
    }
    let across = 2 * mean(x, y, isWithin: false)
    return (
      mean(x, x, isWithin: true) + mean(y, y, isWithin: true) - across,
      mean(x, x, isWithin: false) + mean(y, y, isWithin: false) - across
    )
  }

  @Test("Both estimates are those of a loop over pairs", arguments: [(2, 2), (7, 30), (40, 25)])
  func loop(_ counts: (Int, Int)) throws {
    let x = Self.normal([counts.0, 3], seed: 1)
    let y = Self.normal([counts.1, 3], seed: 2, shift: 3)
    for bandwidth in [0.7, 6] {
      let found = try MaximumMeanDiscrepancy(between: x, and: y, bandwidth: bandwidth)
      let expected = Self.naive(x, y, bandwidth: bandwidth)
      #expect(abs(found.unbiasedSquared - expected.unbiased) < 1e-5)
      #expect(abs(found.biasedSquared - expected.biased) < 1e-5)
    }
  }

  @Test("More rows than a block are compared alike")
  func blocks() throws {
    let (x, y) = (Self.normal([400, 2], seed: 1), Self.normal([300, 2], seed: 2, shift: 1))
    let found = try MaximumMeanDiscrepancy(between: x, and: y, bandwidth: 1)
    let expected = Self.naive(x, y, bandwidth: 1)
    #expect(abs(found.unbiasedSquared - expected.unbiased) < 1e-6)
  }

  @Test("Two samples of one distribution are about 0 apart, those of two are not")
  func distributions() throws {
    let x = Self.normal([1500, 2], seed: 1)
    let alike = try MaximumMeanDiscrepancy(between: x, and: Self.normal([1500, 2], seed: 2))
    #expect(abs(alike.unbiasedSquared) < 1e-3)
    #expect(alike.value < 0.03)
    let moved = try MaximumMeanDiscrepancy(
      between: x, and: Self.normal([1500, 2], seed: 2, shift: 0.5))
    #expect(moved.value > 0.2)
  }

  @Test("The bandwidth is the median distance, 1 where all points are one")
  func bandwidth() throws {
    let line = NDArray([0, 1, 3, 7], shape: [4, 1])
    let same = NDArray([2, 2], shape: [2, 1])
    // Distances 1, 2, 3, 4, 6, 7: the upper one of the two in the middle.
    let found = try MaximumMeanDiscrepancy(between: line.rows(0..<2), and: line.rows(2..<4))
    #expect(found.bandwidth == 4)
    let none = try MaximumMeanDiscrepancy(between: same, and: same)
    #expect(none.bandwidth == 1 && none.value == 0)
  }
}
