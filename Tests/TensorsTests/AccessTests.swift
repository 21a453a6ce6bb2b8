import Layers
import Tensors
import TestSupport
import Testing

@Suite struct AccessTests {
  /// Holds a graph's kernels to their declared accesses and its values to those of one thread.
  private static func audit(
    _ inputs: [Tensor], _ values: [NDArray], _ outputs: [Tensor], workers: Int, bitEqual: Bool
  ) throws {
    let audit = try AccessAudit(
      inputs: inputs, values: values, outputs: outputs, workers: workers)
    #expect(audit.violations == [])
    let plan = try Plan(inputs: inputs, outputs: outputs, on: Engine(threadCount: 1))
    try plan.run(values)
    for (index, found) in audit.outputs.enumerated() {
      if bitEqual { #expect(found.bits == plan.output(index).bits) }
      expectClose(found, DoubleArray(plan.output(index)), "output \(index), \(workers) workers")
    }
  }

  @Test(
    "Kernels of random graphs touch what they declare, no more, and each number has one writer",
    arguments: RandomGraphTests.shapeSets, [1, 2, 3, 7])
  func randomGraphs(_ shapes: [Shape], _ workers: Int) throws {
    for vocabulary in [.reproducible, .all] as [RandomGraph.Vocabulary] {
      let graph = RandomGraph(vocabulary, inputShapes: shapes, stepCount: 25, seed: 31)
      let inputs = graph.inputs.map { Tensor.input($0.shape) }
      let tensors = graph.record(inputs)
      try Self.audit(
        inputs, graph.inputs, graph.ends.map { tensors[$0] }, workers: workers,
        bitEqual: vocabulary == .reproducible)
    }
  }

  @Test("Sums and copies of every layout touch what they declare", arguments: [1, 2, 3, 7])
  func layouts(_ workers: Int) throws {
    var random = RandomSource(seed: 3)
    let values = [NDArray.uniform([4, 3, 5], using: &random), .uniform([3, 1], using: &random)]
    let inputs = values.map { Tensor.input($0.shape) }
    let (x, y) = (inputs[0], inputs[1])
    let sums = (0...3).flatMap { first in (first...3).map { x.sum(axes: first..<$0) } }
    let others = [
      x.transposed(), x.transposed([1, 2, 0]), x + y, y.expanded(to: [2, 4, 3, 5]),
      x.reshaped(to: [1, 60]).sum(axes: 0..<1), x.reshaped(to: [60, 1]).sum(axes: 0..<1),
    ]
    try Self.audit(inputs, values, sums + others, workers: workers, bitEqual: true)
  }

  @Test(
    "Random numbers and products of every form touch what they declare", arguments: [1, 2, 3, 7])
  func products(_ workers: Int) throws {
    var random = RandomSource(seed: 4)
    let (a, b) = (Tensor.normal([5, 5], using: &random), Tensor.uniform([5, 5], using: &random))
    let bias = Tensor(NDArray.uniform([5], using: &random))
    let outputs = [false, true].flatMap { first in
      [false, true].flatMap { second in
        [nil, bias].map {
          Tensor.product(a, b, transposingFirst: first, transposingSecond: second, bias: $0).relu()
        }
      }
    }
    try Self.audit([], [], outputs, workers: workers, bitEqual: false)
  }

  @Test(
    "Windows over images and images of other sizes touch what they declare",
    arguments: [1, 2, 3, 7])
  func images(_ workers: Int) throws {
    var random = RandomSource(seed: 5)
    let values = [NDArray.uniform([5, 3, 6, 5], using: &random)]
    let x = Tensor.input([5, 3, 6, 5])
    let outputs = [
      x.maxPool(kernelSize: [3, 2], strides: [2, 1], padding: [1, 0]),
      x.averagePool(kernelSize: [2, 3], strides: [1, 2], padding: [1, 1]),
      x.resized(to: [4, 9], .nearest), x.resized(to: [4, 9], .linear),
    ]
    let loss = outputs.map { ($0 * $0).sum() }.reduce(0, +)
    let slopes = try gradients(of: loss, withRespectTo: [x]).compactMap { $0 }
    try Self.audit([x], values, outputs + slopes, workers: workers, bitEqual: true)
  }

  @Test(
    "Normalisations touch what they declare, in either order of elements", arguments: [1, 2, 3, 7])
  func normalizations(_ workers: Int) throws {
    var random = RandomSource(seed: 5)
    let values = [[5, 6, 3, 2], [6], [6]].map { NDArray.uniform(Shape($0), using: &random) }
    let inputs = values.map { Tensor.input($0.shape) }
    let (weight, bias) = (inputs[1], inputs[2])
    for x in [inputs[0], inputs[0].channelsLast(), inputs[0].reshaped(to: [30, 6])] {
      let (y, mean, variance) = Tensor.batchNormalization(
        x, weight: weight, bias: bias, epsilon: 1e-5)
      let results = [
        y,
        .batchNormalization(
          x, weight: weight, bias: bias, mean: bias, variance: weight.squared(), epsilon: 1e-5),
        .groupNormalization(x, groups: 2, weight: weight, bias: bias, epsilon: 1e-5),
        .layerNormalization(
          x.reshaped(to: [5, 6, 6]), weight: weight, bias: bias, epsilon: 1e-5),
      ]
      let loss = results.map { $0.relu().squared().sum() }.reduce(0, +)
      let slopes = try gradients(of: loss, withRespectTo: inputs).compactMap { $0 }
      try Self.audit(
        inputs, values, [mean, variance] + slopes, workers: workers, bitEqual: true)
      try Self.audit(inputs, values, results, workers: workers, bitEqual: true)
    }
  }

  @Test(
    "Operators on images touch what they declare, in either order of elements",
    arguments: [1, 2, 3, 7])
  func moves(_ workers: Int) throws {
    var random = RandomSource(seed: 6)
    let image = NDArray.uniform([2, 4, 3, 5], using: &random)
    let x = Tensor.input(image.shape)
    for body in MemoryOrderTests.operators {
      for operand in [x, x.channelsLast()] {
        let y = body(operand)
        let slope = try #require(try gradients(of: y.squared().sum(), withRespectTo: [x])[0])
        try Self.audit([x], [image], [y, slope], workers: workers, bitEqual: true)
      }
    }
  }

  @Test(
    "Recurrent layers and their gradients touch what they declare", arguments: [1, 2, 3, 7])
  func recurrence(_ workers: Int) throws {
    for form in RecurrenceCase.all(batch: 5, steps: 4) {
      var random = RandomSource(seed: 6)
      // A state of 33 packs into more than one block.
      let values = form.operands(batch: 5, steps: 4, features: 3, size: 33)
        .map { Draw($0.shape, in: -0.3...0.3).values(using: &random) }
      let inputs = values.map { Tensor.input($0.shape) }
      let results = form.record(inputs)
      let loss = results.map { $0.squared().sum() }.reduce(0, +)
      let slopes = try gradients(of: loss, withRespectTo: inputs).compactMap { $0 }
      for outputs in [results, results + slopes, [results[1]], [slopes[2]]] {
        try Self.audit(inputs, values, outputs, workers: workers, bitEqual: false)
      }
    }
  }

  @Test(
    "Rows picked by index and losses by label touch what they declare", arguments: [1, 2, 3, 7])
  func indices(_ workers: Int) throws {
    var random = RandomSource(seed: 8)
    let values = [
      NDArray.uniform([5, 3], using: &random),
      Draw([4, 2], integers: 0...4).values(using: &random),
      NDArray.uniform([8, 5], using: &random),
    ]
    let inputs = values.map { Tensor.input($0.shape) }
    let (table, indices, logits) = (inputs[0], inputs[1], inputs[2])
    let ends = [
      table.gathered(at: indices).squared(), logits.gathered(at: indices, axis: 1).squared(),
      logits.scatterAdded(at: indices.reshaped(to: [8]), count: 5).squared(),
      Tensor.softmaxCrossEntropy(logits: logits, labels: indices.reshaped(to: [8])),
      logits.softmax(axis: 0),
    ]
    let slopes = try ends.flatMap {
      try gradients(of: $0.sum(), withRespectTo: [table, logits]).compactMap { $0 }
    }
    try Self.audit(
      inputs, values, ends + slopes + [indices.oneHot(count: 5)], workers: workers, bitEqual: true)
  }

  @Test("A table that steps block by block touches what it declares", arguments: [1, 2, 3, 7])
  func tableUpdate(_ workers: Int) throws {
    var random = RandomSource(seed: 9)
    let table = Embedding(count: 300, size: 300, paddingIndex: 2, using: &random)
    let tokens = Draw([40], integers: 0...299).values(using: &random)
    let optimizer = Optimizer(.adam(), of: table.parameters)
    var pass = Pass.training(using: random)
    let loss = table(Tensor(tokens), using: &pass).squared().sum()
    let slopes = try gradients(of: loss, withRespectTo: table.parameters.map(\.tensor))
    let rates = Tensor.input([3])
    let audit = try AccessAudit(
      inputs: [rates], values: [NDArray([0.1, 1, 1], shape: [3])], outputs: [loss],
      updates: optimizer.updates(gradients: slopes, rates: rates), workers: workers)
    #expect(audit.violations == [])
  }

  @Test("Packing weights for either way in time touches what it declares", arguments: [2, 3])
  func packing(_ workers: Int) throws {
    let form = RecurrenceCase(cell: .gru)
    var random = RandomSource(seed: 6)
    let values = form.operands(batch: 3, steps: 4, features: 1, size: 512)
      .map { Draw($0.shape, in: -0.1...0.1).values(using: &random) }
    let inputs = values.map { Tensor.input($0.shape) }
    let loss = form.record(inputs)[1].squared().sum()
    let slope = try #require(try gradients(of: loss, withRespectTo: [inputs[4]])[0])
    try Self.audit(inputs, values, [loss, slope], workers: workers, bitEqual: false)
  }

  @Test("Optimisers touch what they declare", arguments: [1, 2, 3, 7])
  func updates(_ workers: Int) throws {
    for rule in [.adam(), .sgd(), .sgd(momentum: 0.9)] as [OptimizerRule] {
      let parameters = [[5, 3], [], [2]].map { Parameter(NDArray(repeating: 1, shape: Shape($0))) }
      let optimizer = Optimizer(rule, of: parameters, clipping: .norm(0.5))
      let loss = parameters.map { $0.tensor.squared().sum() }.reduce(0, +)
      let slopes = try gradients(of: loss, withRespectTo: parameters.map(\.tensor))
      let rates = Tensor.input([3])
      let audit = try AccessAudit(
        inputs: [rates], values: [NDArray([0.1, 1, 1], shape: [3])],
        outputs: [loss] + parameters.map(\.tensor),
        updates: optimizer.updates(gradients: slopes, rates: rates), workers: workers)
      #expect(audit.violations == [])
      #expect(
        audit.outputs.dropFirst().allSatisfy { $0.scalars.allSatisfy { (0..<1).contains($0) } })
    }
  }
}
