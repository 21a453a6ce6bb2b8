import Layers
import Tensors
import TestSupport
import Testing

@Suite struct OptimizerTests {
  @Test(
    "An optimiser moves parameters as its formula says, step by step", arguments: OptimizerCase.all)
  func formula(_ optimizer: OptimizerCase) throws {
    let steps = 40
    let found = try optimizer.trained(steps: steps)
    for (step, expected) in optimizer.reference(steps: steps).enumerated() {
      expectClose(found[step], expected, tolerance: 1e-5, "step \(step)")
    }
  }

  @Test("An optimiser moves parameters as PyTorch's does", arguments: OptimizerCase.all)
  func torch(_ optimizer: OptimizerCase) throws {
    let expected = try #require(try Reference.load().optimizers[optimizer.name])
    let found = try optimizer.trained(steps: 25)
    expectClose(found[0], try #require(expected["1"]), tolerance: 1e-6, "step 1")
    expectClose(found[24], try #require(expected["25"]), tolerance: 1e-5, "step 25")
  }

  @Test("Threads do not change an optimiser's step", arguments: OptimizerCase.all)
  func threads(_ optimizer: OptimizerCase) throws {
    let one = try optimizer.trained(steps: 5, on: Engine(threadCount: 1))
    for count in [2, 3, 5] {
      #expect(try optimizer.trained(steps: 5, on: Engine(threadCount: count)) == one)
    }
  }

  @Test("A parameter without a gradient, or one that is not trained, stays as it is")
  func untouched() throws {
    let moved = Parameter(NDArray([1, 2], shape: [2]))
    let idle = Parameter(NDArray([3], shape: [1]))
    let statistic = Parameter(NDArray([4], shape: [1]), isTrainable: false)
    let optimizer = Optimizer(.adam(), of: [moved, idle, statistic])
    #expect(optimizer.parameters == [moved, idle])
    let loss = (moved.tensor.sum() + statistic.tensor.sum())
    let slopes = try gradients(of: loss, withRespectTo: optimizer.parameters.map(\.tensor))
    let rates = Tensor.input([3])
    let plan = try Plan(
      inputs: [rates], outputs: [loss], updates: optimizer.updates(gradients: slopes, rates: rates))
    try plan.run([NDArray(optimizer.nextRates(learningRate: 0.5), shape: [3])])
    #expect(plan.output(0).scalars == [7])
    expectClose(moved.value.scalars, [0.5, 1.5])
    #expect(idle.value.scalars == [3] && statistic.value.scalars == [4])
  }

  @Test("Moments are named after their parameters, in the order of the rule")
  func state() {
    let parameters = ["a/weight", "a/bias"].map { Parameter(NDArray([1], shape: [1]), path: $0) }
    #expect(
      Optimizer(.adam(), of: parameters).state.map(\.path)
        == ["a/weight/mean", "a/weight/variance", "a/bias/mean", "a/bias/variance"])
    #expect(
      Optimizer(.sgd(momentum: 0.5), of: parameters).state.map(\.path)
        == ["a/weight/velocity", "a/bias/velocity"])
    #expect(Optimizer(.sgd(), of: parameters).state.isEmpty)
    #expect(Optimizer(.adamW(), of: parameters).state.allSatisfy { !$0.isTrainable })
  }

  @Test("An optimiser whose moments and step count are restored goes on exactly")
  func resuming() throws {
    func run(_ optimizer: Optimizer, _ parameter: Parameter, _ steps: Int) throws {
      let rates = Tensor.input([3])
      let slope = parameter.tensor * 2
      let plan = try Plan(
        inputs: [rates], outputs: [],
        updates: optimizer.updates(gradients: [slope], rates: rates))
      for _ in 0..<steps {
        try plan.run([NDArray(optimizer.nextRates(learningRate: 0.1), shape: [3])])
      }
    }
    let whole = Parameter(NDArray([1, -2, 3], shape: [3]))
    try run(Optimizer(.adam(), of: [whole]), whole, 12)

    let part = Parameter(NDArray([1, -2, 3], shape: [3]))
    let first = Optimizer(.adam(), of: [part])
    try run(first, part, 5)
    let resumed = Parameter(part.value)
    let second = Optimizer(.adam(), of: [resumed])
    for (old, new) in zip(first.state, second.state) { new.value = old.value }
    second.stepCount = first.stepCount
    try run(second, resumed, 7)
    #expect(resumed.value == whole.value)
  }

  @Test("Clipping by norm leaves small gradients as they are and survives a norm of 0")
  func smallNorms() throws {
    for (slope, expected) in [(0, 1), (0.5, 0.5), (2, 0)] as [(Float, Double)] {
      let parameter = Parameter(NDArray(1))
      let optimizer = Optimizer(.sgd(), of: [parameter], clipping: .norm(1))
      let rates = Tensor.input([3])
      let plan = try Plan(
        inputs: [rates], outputs: [],
        updates: optimizer.updates(gradients: [Tensor(slope)], rates: rates))
      try plan.run([NDArray(optimizer.nextRates(learningRate: 1), shape: [3])])
      expectClose(parameter.value.scalars, [expected])
    }
  }
}
