import Tensors
import TestSupport
import Testing

@Suite struct RandomGraphTests {
  static let shapeSets: [[Shape]] = [
    [[6, 5], [5], [6, 1], []],
    [[3, 4], [4, 3], [4], [1, 4]],
    [[1, 7], [7], [1, 1], [7, 1]],
    [[2, 3, 4], [3, 1], [4], [2, 1, 4]],
    [[5], [1], []],
    [[0, 3], [3], [0, 1]],
    [[33, 130], [130], [33, 1]],
  ]

  private static func run(
    _ graph: RandomGraph, _ outputs: [Int], threads: Int
  ) throws -> (plan: Plan, values: [NDArray]) {
    let inputs = graph.inputs.map { Tensor.input($0.shape) }
    let tensors = graph.record(inputs)
    let plan = try Plan(
      inputs: inputs, outputs: outputs.map { tensors[$0] }, on: try Engine(threadCount: threads))
    try plan.run(graph.inputs)
    return (plan, outputs.indices.map { plan.output($0) })
  }

  @Test(
    "Graphs without products give the same bits for 1, 2, 3 and 5 threads, near the reference",
    arguments: shapeSets, 1...6 as ClosedRange<UInt64>)
  func reproducible(_ shapes: [Shape], _ seed: UInt64) throws {
    let steps = shapes[0].count > 1000 ? 25 : 60
    let graph = RandomGraph(.reproducible, inputShapes: shapes, stepCount: steps, seed: seed)
    let outputs = graph.ends
    let one = try Self.run(graph, outputs, threads: 1).values
    for (place, value) in zip(outputs, one) {
      expectClose(value, graph.values[place], tolerance: 1e-4, "value \(place)")
    }
    for threads in [2, 3, 5] {
      let (plan, values) = try Self.run(graph, outputs, threads: threads)
      for place in outputs.indices {
        #expect(values[place].bits == one[place].bits, "\(threads) threads, output \(place)")
      }
      try plan.run(graph.inputs)
      #expect(outputs.indices.map { plan.output($0).bits } == values.map(\.bits))
    }
  }

  @Test(
    "Graphs with products agree with the reference for 1, 2, 3 and 5 threads",
    arguments: shapeSets, 11...16 as ClosedRange<UInt64>)
  func withProducts(_ shapes: [Shape], _ seed: UInt64) throws {
    let steps = shapes[0].count > 1000 ? 25 : 60
    let graph = RandomGraph(.all, inputShapes: shapes, stepCount: steps, seed: seed)
    for threads in [1, 2, 3, 5] {
      let (_, values) = try Self.run(graph, graph.ends, threads: threads)
      for (place, value) in zip(graph.ends, values) {
        expectClose(value, graph.values[place], tolerance: 2e-4, "\(threads) threads, \(place)")
      }
    }
  }

  @Test(
    "A graph in one plan gives the same bits as each of its steps in a plan of its own",
    arguments: shapeSets, 21...23 as ClosedRange<UInt64>)
  func fusion(_ shapes: [Shape], _ seed: UInt64) throws {
    let graph = RandomGraph(.reproducible, inputShapes: shapes, stepCount: 40, seed: seed)
    var alone = graph.inputs
    for step in graph.steps {
      alone.append(try step.record(step.operands.map { Tensor(alone[$0]) }).evaluated())
    }
    let (_, together) = try Self.run(graph, graph.ends, threads: 2)
    for (place, value) in zip(graph.ends, together) {
      #expect(value.bits == alone[place].bits, "value \(place)")
    }
    let all = Array(graph.inputs.count..<graph.values.count)
    let (_, kept) = try Self.run(graph, all, threads: 2)
    for (place, value) in zip(all, kept) { #expect(value.bits == alone[place].bits) }
  }

  @Test("Memory is taken again without harm: many values of many sizes", arguments: 1...12)
  func memoryReuse(_ seed: UInt64) throws {
    let shapes: [Shape] = [[4, 100], [100], [4, 1], [100, 4], [4, 4], [1]]
    let graph = RandomGraph(.reproducible, inputShapes: shapes, stepCount: 120, seed: 100 + seed)
    let inputs = graph.inputs.map { Tensor.input($0.shape) }
    let tensors = graph.record(inputs)
    let outputs = graph.ends
    for threads in [1, 4] {
      let engine = try Engine(threadCount: threads)
      let plan = try Plan(inputs: inputs, outputs: outputs.map { tensors[$0] }, on: engine)
      for _ in 0..<3 {
        try plan.run(graph.inputs)
        for (number, place) in outputs.enumerated() {
          expectClose(plan.output(number), graph.values[place], tolerance: 2e-4)
        }
      }
    }
  }

  @Test("The gradients of a graph agree with central differences", arguments: 1...8)
  func gradientsOfGraphs(_ seed: UInt64) throws {
    let shapes: [Shape] = [[3, 4], [4, 3], [4], []]
    let graph = RandomGraph(.all, inputShapes: shapes, stepCount: 12, seed: 200 + seed)
    // The operands are drawn as the graph's own inputs were.
    try checkOperator(
      shapes.map { Draw($0) }, tolerance: 5e-5, seed: 200 + seed,
      reference: { inputs in
        .mapped(graph.compute(inputs).suffix(3).map { $0.sum() }) { $0.reduce(0, +) }
      },
      { graph.record($0).suffix(3).map { $0.sum() }.reduce(0, +) })
  }
}
