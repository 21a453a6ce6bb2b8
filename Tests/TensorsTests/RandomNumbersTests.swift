import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct RandomNumbersTests {
  private static func draw(
    _ shape: Shape, normal: Bool, stream: UInt64 = 0, seed: UInt64 = 7, step: UInt64 = 0,
    threads: Int? = nil
  ) throws -> NDArray {
    var random = RandomSource(seed: 1, stream: stream)
    let tensor: Tensor =
      normal ? .normal(shape, using: &random) : .uniform(shape, using: &random)
    let engine = try threads.map { try Engine(threadCount: $0) } ?? .shared
    let plan = try Plan(inputs: [], outputs: [tensor], on: engine)
    try plan.run([NDArray](), seed: seed, step: step)
    return plan.output(0)
  }

  /// The mean of each power from 1 to 4.
  private static func moments(_ numbers: [Float]) -> [Double] {
    (1...4).map { power in
      numbers.reduce(0.0) { $0 + pow(Double($1), Double(power)) } / Double(numbers.count)
    }
  }

  @Test("Uniform numbers lie in 0..<1 with the moments of the uniform distribution")
  func uniformMoments() throws {
    let numbers = try Self.draw([1000, 1000], normal: false).scalars
    #expect(numbers.allSatisfy { (0..<1).contains($0) })
    let moments = Self.moments(numbers)
    for power in 1...4 { #expect(abs(moments[power - 1] - 1 / Double(power + 1)) < 2e-3) }
    #expect(numbers.min().map { $0 < 1e-5 } == true && numbers.max().map { $0 > 1 - 1e-5 } == true)
  }

  @Test("Uniform numbers fill every bin alike")
  func uniformBins() throws {
    let numbers = try Self.draw([512_000], normal: false).scalars
    var bins = [Double](repeating: 0, count: 256)
    for number in numbers { bins[Int(number * 256)] += 1 }
    let chiSquared = bins.reduce(0) { $0 + ($1 - 2000) * ($1 - 2000) / 2000 }
    // 255 degrees of freedom: mean 255, deviation 22.6.
    #expect((150...370).contains(chiSquared))
  }

  @Test("Normal numbers have the moments and tails of the normal distribution")
  func normalMoments() throws {
    let numbers = try Self.draw([1000, 1000], normal: true).scalars
    let moments = Self.moments(numbers)
    #expect(abs(moments[0]) < 4e-3)
    #expect(abs(moments[1] - 1) < 6e-3)
    #expect(abs(moments[2]) < 1.6e-2)
    #expect(abs(moments[3] - 3) < 4e-2)
    for (bound, share) in [(1.0, 0.317311), (2, 0.0455003), (3, 0.0026998), (4, 6.334e-5)] {
      let found = Double(numbers.count { abs(Double($0)) > bound })
      let expected = share * 1e6
      #expect(abs(found - expected) < 5 * expected.squareRoot(), "beyond \(bound): \(found)")
    }
    #expect(numbers.allSatisfy { abs($0) < 6 })
  }

  @Test("Neighbouring normal numbers are uncorrelated, at every distance within a block")
  func correlations() throws {
    let numbers = try Self.draw([400_000], normal: true).scalars.map(Double.init)
    for lag in [1, 2, 3, 4, 5, 8, 64, 256] {
      let pairs = zip(numbers, numbers.dropFirst(lag))
      let correlation = pairs.reduce(0) { $0 + $1.0 * $1.1 } / Double(numbers.count - lag)
      #expect(abs(correlation) < 8e-3, "lag \(lag): \(correlation)")
    }
  }

  @Test("Random numbers are the same for any number of threads", arguments: [false, true])
  func threads(_ normal: Bool) throws {
    for shape in [[], [1], [5], [0], [7, 13], [257, 3], [3, 1000], [1001]] as [Shape] {
      let one = try Self.draw(shape, normal: normal, threads: 1)
      for count in [2, 3, 5] {
        #expect(try Self.draw(shape, normal: normal, threads: count).bits == one.bits)
      }
    }
  }

  @Test("The first numbers do not depend on how many are drawn", arguments: [false, true])
  func prefixes(_ normal: Bool) throws {
    let long = try Self.draw([1000], normal: normal).scalars
    for count in [1, 3, 255, 256, 257, 999] {
      #expect(try Self.draw([count], normal: normal).scalars == Array(long[..<count]))
    }
  }

  @Test("Each stream, step and seed gives numbers of its own", arguments: [false, true])
  func independence(_ normal: Bool) throws {
    var seen: Set<[UInt32]> = []
    for stream in 0..<4 as Range<UInt64> {
      for step in [0, 1, 1 << 32] as [UInt64] {
        for seed in [0, 1, 1 << 32] as [UInt64] {
          let numbers = try Self.draw([8], normal: normal, stream: stream, seed: seed, step: step)
          seen.insert(numbers.bits)
        }
      }
    }
    #expect(seen.count == 36)
  }

  @Test("Two random tensors of one graph differ, and each keeps its numbers within a run")
  func streamsOfOneGraph() throws {
    var random = RandomSource(seed: 1)
    let first = Tensor.uniform([16], using: &random)
    let second = Tensor.uniform([16], using: &random)
    let values = try Tensor.evaluated([first, second, first - first, first * 2])
    #expect(values[0] != values[1])
    #expect(values[2].scalars.allSatisfy { $0 == 0 })
    #expect(values[3].scalars == values[0].scalars.map { $0 * 2 })
  }

  @Test("Running again with the same step gives the same numbers, with another step others")
  func steps() throws {
    var random = RandomSource(seed: 1)
    let plan = try Plan(inputs: [], outputs: [Tensor.normal([32], using: &random)])
    try plan.run([NDArray](), seed: 3, step: 5)
    let first = plan.output(0)
    try plan.run([NDArray](), seed: 3, step: 6)
    #expect(plan.output(0) != first)
    try plan.run([NDArray](), seed: 3, step: 5)
    #expect(plan.output(0) == first)
  }
}
