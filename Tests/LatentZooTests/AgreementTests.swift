import Testing

@testable import LatentZoo

@Suite struct AgreementTests {
  @Test func theSameGroupingUnderOtherNumbersAgreesFully() {
    let agreement = Agreement(of: [7, 7, 2, 2, 5], with: [0, 0, 1, 1, 2])
    #expect(agreement.purity == 1)
    #expect(agreement.matchedAccuracy == 1)
    #expect(abs(agreement.normalizedMutualInformation - 1) < 1e-12)
    #expect(agreement.adjustedRandIndex == 1)
  }

  @Test func aSplitClassIsPureButNotMatched() {
    // Pairs together: 1 in the table, 2 in classes, 1 in clusters, 6 in all; I = ln 2, H = ln 2, 1.5 ln 2.
    let agreement = Agreement(of: [0, 0, 1, 2], with: [0, 0, 1, 1])
    #expect(agreement.purity == 1)
    #expect(agreement.matchedAccuracy == 0.75)
    #expect(abs(agreement.normalizedMutualInformation - 0.8) < 1e-12)
    #expect(abs(agreement.adjustedRandIndex - 4.0 / 7) < 1e-12)
  }

  @Test func independentGroupingsDoNotAgree() {
    let agreement = Agreement(of: [0, 1, 0, 1], with: [0, 0, 1, 1])
    #expect(agreement.purity == 0.5)
    #expect(agreement.matchedAccuracy == 0.5)
    #expect(agreement.normalizedMutualInformation == 0)
    #expect(abs(agreement.adjustedRandIndex + 0.5) < 1e-12)
  }

  @Test func oneGroupAgainstOneClassAgrees() {
    for count in [1, 3] {
      let agreement = Agreement(
        of: [Int](repeating: 4, count: count), with: [Int](repeating: 2, count: count))
      #expect(agreement.purity == 1)
      #expect(agreement.matchedAccuracy == 1)
      #expect(agreement.normalizedMutualInformation == 1)
      #expect(agreement.adjustedRandIndex == 1)
    }
  }

  @Test func aGreedyMatchingWouldBeWorse() {
    // Taking the 9 first leaves 0; the best gives 8 + 8.
    let table = [[9, 8], [8, 0]]
    #expect(Matching.best(for: table) == [1, 0])
    #expect(Matching.best(for: [[1, 5, 2]]) == [1])
    #expect(Matching.best(for: [[1], [5], [2]]) == [nil, 0, nil])
    #expect(Matching.best(for: []) == [])
  }

  @Test func theMatchingIsAsGoodAsTheBestOfAllPermutations() {
    var random = RandomSource(seed: 3)
    for round in 0..<60 {
      let (rows, columns) = (1 + round % 5, 1 + round / 5 % 5)
      let gains = (0..<rows).map { _ in (0..<columns).map { _ in Int(random.next() % 20) } }
      let found = Matching.best(for: gains)
      let columnsUsed = found.compactMap(\.self)
      #expect(Set(columnsUsed).count == min(rows, columns))
      let sum = zip(gains, found).reduce(0) { sum, pair in
        sum + (pair.1.map { pair.0[$0] } ?? 0)
      }
      #expect(sum == bestSum(gains[...], without: []))
    }
  }

  /// The greatest sum over all one-to-one matchings, by trying them.
  private func bestSum(_ gains: ArraySlice<[Int]>, without used: Set<Int>) -> Int {
    guard let row = gains.first else { return 0 }
    var best = gains.count > row.count - used.count ? bestSum(gains.dropFirst(), without: used) : 0
    for column in row.indices where !used.contains(column) {
      best = max(
        best, row[column] + bestSum(gains.dropFirst(), without: used.union([column])))
    }
    return best
  }
}
