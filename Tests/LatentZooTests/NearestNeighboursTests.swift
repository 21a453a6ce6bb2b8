import Testing

@testable import LatentZoo

@Suite struct NearestNeighboursTests {
  @Test func theMajorityOfTheNearestDecides() throws {
    let known = NDArray([0, 1, 2, 10, 11], shape: [5, 1])
    let classifier = NearestNeighbours(codes: known, labels: [0, 0, 1, 1, 1], neighbours: 3)
    #expect(try classifier.classes(of: NDArray([0.4, 10.4, 7], shape: [3, 1])) == [0, 1, 1])
  }

  @Test func amongEqualVotesTheNearestWins() throws {
    let known = NDArray([0, 1, 5, 6], shape: [4, 1])
    let classifier = NearestNeighbours(codes: known, labels: [3, 3, 1, 1], neighbours: 4)
    #expect(try classifier.classes(of: NDArray([2, 4], shape: [2, 1])) == [3, 1])
  }

  @Test func amongEquallyNearCodesTheFirstWins() throws {
    let known = NDArray([1, -1, 1, 1], shape: [4, 1])
    let classifier = NearestNeighbours(codes: known, labels: [2, 5, 4, 3], neighbours: 1)
    #expect(try classifier.classes(of: NDArray([2, 0], shape: [2, 1])) == [2, 2])
  }

  @Test func aCodeIsNotItsOwnNeighbour() throws {
    let codes = NDArray([0, 0.1, 5, 5.1], shape: [4, 1])
    let classifier = NearestNeighbours(codes: codes, labels: [0, 1, 2, 3], neighbours: 1)
    #expect(try classifier.classes(of: codes, excluding: [0, 1, 2, 3]) == [1, 0, 3, 2])
    #expect(try classifier.accuracy(on: codes, labels: [0, 1, 2, 3]) == 1)
  }

  @Test func fewerCodesThanNeighboursAllVote() throws {
    let classifier = NearestNeighbours(
      codes: NDArray([0, 1], shape: [2, 1]), labels: [6, 7], neighbours: 5)
    #expect(try classifier.classes(of: NDArray([0.9], shape: [1, 1])) == [7])
  }

  @Test(arguments: [(40, 700, 3, Float(0)), (3, 5, 1, 0), (257, 1030, 20, 1000)])
  func neighboursAreThoseOfANaiveSearch(
    references: Int, queries: Int, size: Int, offset: Float
  ) throws {
    // Whole numbers, so that float32 holds every product exactly and ties are real.
    var random = RandomSource(seed: 5)
    func rows(_ count: Int) -> NDArray {
      NDArray(
        (0..<count * size).map { _ in offset + Float(random.next() % 9) }, shape: [count, size])
    }
    let known = rows(references)
    let asked = rows(queries)
    var found: [[Int]] = []
    try NearestRows(among: known).nearest(5, to: asked) { found.append($1) }
    for query in 0..<queries {
      let distances = (0..<references).map { reference in
        (0..<size).reduce(0.0) { sum, column in
          let difference =
            Double(asked.scalars[query * size + column])
            - Double(known.scalars[reference * size + column])
          return sum + difference * difference
        }
      }
      let expected = (0..<references).sorted { (distances[$0], $0) < (distances[$1], $1) }
      // Centring rounds: equally near references may change places, distances may not.
      #expect(
        found[query].map { distances[$0] } == expected.prefix(5).map { distances[$0] })
    }
  }
}
