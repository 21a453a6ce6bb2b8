import Tensors
import TestSupport
import Testing

@Suite struct RecurrenceTests {
  /// Batch, steps, features and state size.
  static let sizes = [
    (2, 3, 4, 5), (1, 1, 1, 1), (3, 1, 2, 7), (1, 6, 3, 2), (3, 5, 2, 3), (0, 4, 2, 3),
    (2, 0, 2, 3), (2, 4, 0, 2),
  ]

  @Test("Recurrent layers of every form agree with a loop over rows and steps", arguments: sizes)
  func everyForm(_ size: (Int, Int, Int, Int)) throws {
    for form in RecurrenceCase.all(batch: size.0, steps: size.1) {
      try Self.check(form, size, on: .shared)
    }
  }

  @Test("They do so however many workers share the rows", arguments: [1, 2, 3, 4])
  func workers(_ count: Int) throws {
    let engine = try Engine(threadCount: count)
    for form in RecurrenceCase.all(batch: 3, steps: 5) {
      try Self.check(form, (3, 5, 2, 3), on: engine)
    }
  }

  /// Every result has a part in one that is compared, and so in the gradients.
  private static func check(
    _ form: RecurrenceCase, _ size: (Int, Int, Int, Int), on engine: Engine
  ) throws {
    let operands = form.operands(
      batch: size.0, steps: size.1, features: size.2, size: size.3)
    try checkOperator(
      operands, tolerance: 1e-5, on: engine,
      reference: { operands in
        let results = form.compute(operands)
        let states = results.dropFirst().map { $0.reshaped(to: [size.0, 1, size.3]) }
        return DoubleArray.mapped([results[0]] + states) { $0[0] + 0.5 * $0[1] - ($0.last ?? 0) }
      },
      { operands in
        let results = form.record(operands)
        let states = results.dropFirst().map { $0.reshaped(to: [size.0, 1, size.3]) }
        return results[0] + 0.5 * states[0] - (states.last ?? 0)
      })
    for place in 0..<(form.cell == .gru ? 2 : 3) {
      try checkOperator(
        operands, tolerance: 1e-5, on: engine, reference: { form.compute($0)[place] },
        { form.record($0)[place] })
    }
  }

  @Test("Layers wider than a block agree with the loop", arguments: [16, 33, 65])
  func wide(_ size: Int) throws {
    for form in RecurrenceCase.all(batch: 5, steps: 7) {
      var random = RandomSource(seed: 5)
      let values = form.operands(batch: 5, steps: 7, features: 20, size: size)
        .map { Draw($0.shape, in: -0.3...0.3).values(using: &random) }
      let results = try Tensor.evaluated(form.record(values.map { Tensor($0) }))
      for (found, expected) in zip(results, form.compute(values.map { DoubleArray($0) })) {
        expectClose(found, expected, tolerance: 1e-5, "\(form)")
      }
    }
  }

  @Test(
    "Lengths that are not whole numbers of steps are refused",
    arguments: [0.5, -1, 5, 4.000_001, .nan, .infinity, -.infinity, 1e30])
  func hostileLengths(_ length: Float) throws {
    for cell in RecurrenceCase.Cell.allCases {
      let form = RecurrenceCase(cell: cell, lengths: [4, 2, length])
      let operands = form.operands(batch: 3, steps: 4, features: 2, size: 3).map {
        Tensor(NDArray(repeating: 0.1, shape: $0.shape))
      }
      let results = form.record(operands)
      let slopes = try gradients(of: results[0].sum(), withRespectTo: operands)
      let error = #expect(throws: TensorError.self) {
        try Tensor.evaluated(results + slopes.compactMap { $0 })
      }
      guard case .indexOutOfRange(let operation, _)? = error else {
        Issue.record("expected an index out of range, got \(error.debugDescription)")
        continue
      }
      #expect(operation.hasPrefix(cell.rawValue.uppercased()))
    }
  }

  @Test("What only a gradient needs takes no memory in a plan without one")
  func memory() throws {
    for cell in RecurrenceCase.Cell.allCases {
      let form = RecurrenceCase(cell: cell)
      let inputs = form.operands(batch: 4, steps: 8, features: 2, size: 16)
        .map { Tensor.input($0.shape) }
      let results = form.record(inputs)
      let slope = try gradients(of: results[0].sum(), withRespectTo: [inputs[2]])
      let alone = try Plan(inputs: inputs, outputs: [results[1]])
      let learning = try Plan(inputs: inputs, outputs: [results[1]] + slope.compactMap { $0 })
      // Gates of all steps, packed weights and the last state; a kilobyte of rounding.
      let gates = (cell == .gru ? 3 : 4) * 16
      #expect(alone.arenaByteCount <= 4 * (4 * 8 * gates + 64 * 64 + 2 * 4 * 16) + 1024)
      #expect(learning.arenaByteCount >= alone.arenaByteCount + 4 * (2 * 4 * 8 * 16))
    }
  }

  @Test("Each weight's gradient is stepped block by block, never whole")
  func joinedUpdates() throws {
    let form = RecurrenceCase(cell: .gru)
    var random = RandomSource(seed: 2)
    let draws = form.operands(batch: 4, steps: 6, features: 5, size: 8)
    let x = Tensor(draws[0].values(using: &random))
    let parameters = draws.dropFirst().map { Parameter($0.values(using: &random)) }
    let loss = form.record([x] + parameters.map(\.tensor))[0].squared().sum()
    let slopes = try gradients(of: loss, withRespectTo: parameters.map(\.tensor))
    let rates = Tensor(NDArray([0.1, 1, 1], shape: [3]))
    let updates = try zip(parameters, slopes).map { parameter, slope in
      ParameterUpdate.momentum(
        parameter, gradient: try #require(slope), rates: rates, velocity: nil, momentum: 0,
        weightDecay: 0, isNesterov: false, scale: nil)
    }
    let plan = try Plan(inputs: [], outputs: [loss], updates: updates)
    plan.startProfiling()
    try plan.run([NDArray]())
    let joined = Set(plan.profile.entries.map(\.label)).filter {
      $0.hasPrefix("Gemm") && $0.contains("Momentum")
    }
    #expect(joined.count == 2)
    // Barriers: after packing, and before the weights' gradients.
    #expect(plan.barrierCount <= 3)
  }

  @Test("Operands that do not fit are reported")
  func faults() {
    func zeros(_ shape: Shape) -> Tensor { Tensor(NDArray(repeating: 0, shape: shape)) }
    let weights = RecurrentWeights(
      input: zeros([6, 4]), recurrent: zeros([6, 2]), inputBias: zeros([6]),
      recurrentBias: zeros([6]))
    let wrong: [(Tensor, String)] = [
      (Tensor.gru(zeros([3, 4]), weights).steps, "the input is not [batch, steps, features]"),
      (
        Tensor.gru(zeros([1, 2, 3]), weights).state,
        "operand 1 has the shape [6, 4], not [6, 3]"
      ),
      (Tensor.lstm(zeros([1, 2, 4]), weights).cell, "operand 1 has the shape [6, 4], not [8, 4]"),
      (
        Tensor.gru(zeros([1, 2, 4]), weights, initialState: zeros([2, 2])).state,
        "operand 5 has the shape [2, 2], not [1, 2]"
      ),
      (
        Tensor.gru(zeros([1, 2, 4]), weights, lengths: zeros([2])).state,
        "operand 5 has the shape [2], not [1]"
      ),
    ]
    for (tensor, reason) in wrong {
      #expect(tensor.fault?.description.hasSuffix(": \(reason)") == true)
      _ = tensor.shape
    }
    #expect(Tensor.gru(zeros([1, 2, 4]), weights).steps.fault == nil)
  }
}
