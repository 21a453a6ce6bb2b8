import Testing

@testable import LatentZoo

@Suite struct KMeansTests {
  /// `count` codes around each centre.
  private func blobs(_ centres: [[Float]], _ count: Int, spread: Double) -> NDArray {
    var random = RandomSource(seed: 2)
    let scalars = (0..<count).flatMap { _ in
      centres.flatMap { $0.map { $0 + Float(random.normal() * spread) } }
    }
    return NDArray(scalars, shape: [count * centres.count, centres[0].count])
  }

  @Test func separateHeapsAreFound() throws {
    let codes = blobs([[0, 0], [10, 0], [0, 10], [300, 300]], 50, spread: 0.5)
    let groups = try KMeans(of: codes, into: 4, seed: 1)
    #expect(
      Agreement(of: groups.clusters, with: (0..<200).map { $0 % 4 }).adjustedRandIndex == 1)
    #expect(groups.inertia < 200 * 2 * 0.5)
  }

  @Test func centresAreMeansAndTheInertiaIsTheirSquaredDistance() throws {
    let codes = NDArray([0, 2, 10, 14], shape: [4, 1])
    let groups = try KMeans(of: codes, into: 2, seed: 3)
    #expect(groups.centres.scalars.sorted() == [1, 12])
    #expect(groups.inertia == 1 + 1 + 4 + 4)
    #expect(groups.iterations <= 50)
  }

  @Test func theSameSeedGivesTheSameGroups() throws {
    let codes = blobs([[0, 0], [1, 1], [2, 0]], 100, spread: 1)
    #expect(try KMeans(of: codes, into: 5, seed: 4) == KMeans(of: codes, into: 5, seed: 4))
  }

  @Test func moreAttemptsAreNeverWorse() throws {
    let codes = blobs([[0, 0], [1, 1], [2, 0]], 100, spread: 1)
    for seed in 0..<5 as Range<UInt64> {
      let one = try KMeans(of: codes, into: 8, seed: seed, attempts: 1)
      let three = try KMeans(of: codes, into: 8, seed: seed)
      #expect(three.inertia <= one.inertia)
    }
  }

  @Test func thereAreNoMoreClustersThanCodes() throws {
    let groups = try KMeans(of: NDArray([1, 2], shape: [2, 1]), into: 5, seed: 1)
    #expect(groups.centres.shape == [2, 1])
    #expect(Set(groups.clusters) == [0, 1])
    #expect(groups.inertia == 0)
  }

  @Test func equalCodesAreGroupedWithoutHarm() throws {
    let groups = try KMeans(of: NDArray(repeating: 3, shape: [6, 2]), into: 3, seed: 1)
    #expect(groups.inertia == 0)
    #expect(groups.centres.scalars.allSatisfy { $0 == 3 })
  }
}
