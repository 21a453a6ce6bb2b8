import Tensors
import TestSupport
import Testing

@Suite struct EngineTests {
  @Test(
    "A team of no threads, or of more than there can be, is refused",
    arguments: [0, -1, 1025, 1 << 40])
  func threadCounts(_ count: Int) {
    let error = #expect(throws: TensorError.threadsUnavailable(count: count)) {
      try Engine(threadCount: count)
    }
    #expect(
      error?.description == "a team of \(count) threads cannot be started; ask for fewer threads")
  }

  @Test("An engine knows its threads and its library")
  func facts() throws {
    #expect(try Engine(threadCount: 3).threadCount == 3)
    #expect(Engine.shared.threadCount == Engine.availableProcessors)
    #expect(Engine.availableProcessors >= 1)
    #expect(Engine.oneDNNVersion.split(separator: ".").count == 3)
    #expect(!Engine.vectorLevel.isEmpty)
  }

  @Test("Engines come and go without leaving anything behind")
  func lifetimes() throws {
    for count in 1...40 {
      let engine = try Engine(threadCount: count % 7 + 1)
      #expect(try (Tensor(2) * 3).evaluated(on: engine) == NDArray(6))
    }
  }

  @Test("Several tasks use one engine at once, each with a plan of its own")
  func concurrentUse() async throws {
    let engine = try Engine(threadCount: 3)
    try await withThrowingTaskGroup(of: [Bool].self) { group in
      for number in 1...8 {
        group.addTask { try Self.train(number, on: engine) }
      }
      for try await outcomes in group { #expect(outcomes.allSatisfy { $0 }) }
    }
  }

  /// Runs a plan many times; whether each run gave the same numbers as a lone thread.
  private static func train(_ number: Int, on engine: Engine) throws -> [Bool] {
    var random = RandomSource(seed: UInt64(number))
    let x = NDArray.uniform([number * 5, 17], using: &random)
    let w = Parameter(.uniform([17, 11], using: &random))
    func record(_ input: Tensor) throws -> [Tensor] {
      let loss = Tensor.product(input, w.tensor).sigmoid().squared().sum()
      return [loss] + (try gradients(of: loss, withRespectTo: [w.tensor])).compactMap { $0 }
    }
    let alone = try Tensor.evaluated(try record(Tensor(x)), on: Engine(threadCount: 1))
    let input = Tensor.input(x.shape)
    let plan = try Plan(inputs: [input], outputs: try record(input), on: engine)
    return try (0..<30).map { _ in
      try plan.run([x])
      return zip(alone, 0..<2).allSatisfy { expected, index in
        zip(plan.output(index).scalars, expected.scalars).allSatisfy { abs($0 - $1) < 1e-4 }
      }
    }
  }
}
