import Foundation
import Tensors
import Testing

@Suite struct RandomSourceTests {
  @Test("Philox gives the published words")
  func knownAnswers() {
    // From Random123's kat_vectors: counter, key, result.
    let zero = Philox.block(seed: 0, stream: 0, index: 0)
    #expect(zero == (0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    let ones = Philox.block(seed: .max, stream: .max, index: .max)
    #expect(ones == (0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
    let digits = Philox.block(
      seed: 0x299f_31d0_a409_3822, stream: 0x0370_7344_1319_8a2e, index: 0x85a3_08d3_243f_6a88)
    #expect(digits == (0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
  }

  @Test("A source hands out a block's words in order, two at a time")
  func wordOrder() {
    var random = RandomSource(seed: 0)
    #expect(random.next() == 0xe169_c58d_6627_e8d5)
    #expect(random.next() == 0x9b00_dbd8_bc57_ac4c)
    let second = Philox.block(seed: 0, stream: 0, index: 1)
    #expect(random.next() == UInt64(second.0) | UInt64(second.1) << 32)
    #expect(random.position == 3)
  }

  @Test("A source saved as JSON and restored goes on exactly where it stood")
  func coding() throws {
    var random = RandomSource(seed: .max, stream: 0x8000_0000_0000_0001)
    for _ in 0..<7 { _ = random.next() }
    let data = try JSONEncoder().encode(random)
    var restored = try JSONDecoder().decode(RandomSource.self, from: data)
    #expect(restored == random)
    for _ in 0..<9 { #expect(restored.next() == random.next()) }
  }

  @Test("A fork depends on the source's seed and stream and on the name, not on the position")
  func forks() {
    var random = RandomSource(seed: 5)
    let early = random.forked("shuffle")
    _ = random.next()
    #expect(random.forked("shuffle") == early)
    #expect(random.forked("noise") != early)
    #expect(RandomSource(seed: 6).forked("shuffle") != early)
    #expect(early.position == 0)
    #expect(early.forked("shuffle") != early)
    // Stable across releases: checkpoints depend on it.
    #expect(early.stream == 3_233_780_106_487_864_014)
  }

  @Test("Sources of different seeds and streams give different words")
  func independence() {
    var seen: Set<UInt64> = []
    for seed in 0..<20 as Range<UInt64> {
      for stream in 0..<20 as Range<UInt64> {
        var random = RandomSource(seed: seed, stream: stream)
        for _ in 0..<4 { seen.insert(random.next()) }
      }
    }
    #expect(seen.count == 1600)
  }

  @Test("Single numbers have the moments of their distribution")
  func moments() {
    var random = RandomSource(seed: 9)
    let uniforms = (0..<100_000).map { _ in Double(random.uniform()) }
    #expect(uniforms.allSatisfy { (0..<1).contains($0) })
    #expect(abs(uniforms.reduce(0, +) / 1e5 - 0.5) < 5e-3)
    let normals = (0..<100_000).map { _ in random.normal() }
    #expect(abs(normals.reduce(0, +) / 1e5) < 1.5e-2)
    #expect(abs(normals.reduce(0) { $0 + $1 * $1 } / 1e5 - 1) < 2e-2)
  }

  @Test("A permutation holds each number once and every order comes up")
  func permutations() {
    var random = RandomSource(seed: 2)
    #expect(random.permutation(0).isEmpty)
    #expect(random.permutation(1) == [0])
    #expect(random.permutation(1000).sorted() == Array(0..<1000))
    var counts: [[Int]: Int] = [:]
    for _ in 0..<6000 { counts[random.permutation(3), default: 0] += 1 }
    #expect(counts.count == 6)
    #expect(counts.values.allSatisfy { (850...1150).contains($0) })
  }
}
