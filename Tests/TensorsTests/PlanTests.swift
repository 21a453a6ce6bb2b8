import Tensors
import TestSupport
import Testing

@Suite struct PlanTests {
  @Test("A plan run again and again gives the same bits")
  func repeated() throws {
    var random = RandomSource(seed: 1)
    let (x, w) = (Tensor.input([37, 19]), Tensor.input([19, 23]))
    let y = Tensor.product(x, w).tanh()
    let slopes = try gradients(of: (y * y).sum(), withRespectTo: [x, w]).compactMap { $0 }
    let plan = try Plan(inputs: [x, w], outputs: [y.sum()] + slopes, on: Engine(threadCount: 3))
    let first = NDArray.uniform([37, 19], using: &random)
    let second = NDArray.uniform([37, 19], using: &random)
    let weights = NDArray.uniform([19, 23], using: &random)
    try plan.run([first, weights])
    let expected = (0..<3).map { plan.output($0).bits }
    for _ in 0..<50 {
      try plan.run([second, weights])
      #expect(plan.output(0).bits != expected[0])
      try plan.run([first, weights])
      #expect((0..<3).map { plan.output($0).bits } == expected)
    }
  }

  @Test("Fewer rows than threads, and batches that do not divide, are computed whole")
  func oddBatches() throws {
    var random = RandomSource(seed: 2)
    let weights = Parameter(.uniform([9, 6], using: &random))
    let bias = Parameter(.uniform([6], using: &random))
    for batch in [0, 1, 2, 3, 5, 7, 16, 17] {
      let x = NDArray.uniform([batch, 9], using: &random)
      let y = Tensor.product(Tensor(x), weights.tensor, bias: bias.tensor).relu()
      let loss = y.squared().sum()
      let slopes = try gradients(of: loss, withRespectTo: [weights.tensor, bias.tensor])
      let outputs = [loss, y, y.summedPerExample()] + slopes.compactMap { $0 }
      let one = try Tensor.evaluated(outputs, on: Engine(threadCount: 1))
      for threads in [2, 5, 8, 16] {
        let engine = try Engine(threadCount: threads)
        for _ in 0..<5 {
          let several = try Tensor.evaluated(outputs, on: engine)
          for (value, expected) in zip(several, one) {
            expectClose(value, DoubleArray(expected), "batch \(batch), \(threads) threads")
          }
        }
      }
    }
  }

  @Test("An output may be an input, a parameter, a constant, a view or given twice")
  func unusualOutputs() throws {
    for count in [6, 60_000] {
      let x = Tensor.input([count])
      let parameter = Parameter(NDArray(repeating: 3, shape: [2]))
      let y = x * 2
      let plan = try Plan(
        inputs: [x],
        outputs: [x, parameter.tensor, Tensor(5), x.reshaped(to: [2, count / 2]), y, y])
      try plan.run([NDArray(repeating: 7, shape: [count])])
      #expect(plan.output(0) == NDArray(repeating: 7, shape: [count]))
      #expect(plan.output(1).scalars == [3, 3])
      #expect(plan.output(2) == NDArray(5))
      #expect(plan.output(3) == NDArray(repeating: 7, shape: [2, count / 2]))
      #expect(plan.output(4) == NDArray(repeating: 14, shape: [count]))
      #expect(plan.output(5) == plan.output(4))
    }
  }

  @Test("A plan reads the parameters' present values, wherever they were moved")
  func parameters() throws {
    let first = Parameter(NDArray([1, 2], shape: [2]))
    let second = Parameter(NDArray([10], shape: [1]))
    let plan = try Plan(inputs: [], outputs: [first.tensor * second.tensor])
    try plan.run([NDArray]())
    #expect(plan.output(0).scalars == [10, 20])
    Parameter.gather([second, first])
    first.value = NDArray([3, 4], shape: [2])
    try plan.run([NDArray]())
    #expect(plan.output(0).scalars == [30, 40])
    #expect(second.value.scalars == [10])
  }

  @Test("Wrong inputs are refused with what was expected")
  func wrongInputs() throws {
    let (x, y) = (Tensor.input([2, 3]), Tensor.input([4]))
    let plan = try Plan(inputs: [x, y], outputs: [x.sum() + y.sum()])
    let (a, b) = (NDArray(repeating: 1, shape: [2, 3]), NDArray(repeating: 1, shape: [4]))
    let short = #expect(throws: TensorError.wrongInput(index: 1, expected: [4], found: nil)) {
      try plan.run([a])
    }
    #expect(short?.description == "input 1 of shape [4] is missing")
    let other = #expect(throws: TensorError.wrongInput(index: 0, expected: [2, 3], found: [3, 2])) {
      try plan.run([NDArray(repeating: 1, shape: [3, 2]), b])
    }
    #expect(other?.description == "input 0 has shape [3, 2]; the plan was made for [2, 3]")
    #expect(throws: TensorError.self) { try plan.run([a, b, b]) }
    #expect(throws: TensorError.wrongInput(index: 1, expected: [4], found: [3])) {
      try plan.run(on: [Storage(count: 8), Storage(count: 3)])
    }
    try plan.run([a, b])
    #expect(plan.output(0).scalars == [10])
  }

  @Test("A block larger than the input is read from its beginning")
  func largerBlock() throws {
    let x = Tensor.input([3])
    let plan = try Plan(inputs: [x], outputs: [x.sum()])
    let block = Storage(count: 5)
    block.withMutableFloats { for index in 0..<5 { $0[index] = Float(index + 1) } }
    try plan.run(on: [block])
    #expect(plan.output(0).scalars == [6])
  }

  @Test("Values that are dead give their memory back")
  func arena() throws {
    let x = Tensor.input([64, 256])
    var y = x
    for _ in 0..<30 { y = y.transposed() }
    let plan = try Plan(inputs: [x], outputs: [y.sum()], on: Engine(threadCount: 2))
    #expect(plan.arenaByteCount <= 3 * 64 * 256 * 4 + 4096)
  }

  @Test("A training step of dense layers has the workers meet at most twice")
  func barriers() throws {
    let x = Tensor.input([32, 16])
    let weights = [(16, 24), (24, 8), (8, 16)].map {
      Parameter(NDArray(repeating: 0.1, shape: [$0.1, $0.0]))
    }
    let y = weights.reduce(x) { .product($0, $1.tensor, transposingSecond: true).relu() }
    let loss = (y - x).squared().sum()
    let slopes = try gradients(of: loss, withRespectTo: weights.map(\.tensor)).compactMap { $0 }
    let plan = try Plan(inputs: [x], outputs: [loss] + slopes, on: Engine(threadCount: 2))
    #expect(plan.barrierCount <= 2)
  }

  @Test("A function is planned once for each combination of shapes")
  func compiledFunction() throws {
    var recordings = 0
    let function = CompiledFunction { inputs in
      recordings += 1
      return [inputs[0] + inputs[1], inputs[0].sum()]
    }
    for count in [2, 3, 2, 3, 2] {
      let x = NDArray(repeating: 1, shape: [count])
      let values = try function([x, x])
      #expect(values[0].scalars == [Float](repeating: 2, count: count))
      #expect(values[1].scalars == [Float(count)])
    }
    #expect(recordings == 2)
    #expect(throws: TensorError.self) {
      try function([NDArray(repeating: 1, shape: [2]), NDArray(repeating: 1, shape: [3])])
    }
  }
}
