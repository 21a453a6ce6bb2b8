internal import CKernels
internal import COneDNN

/// What the kernels of a recurrent layer agree on.
struct RecurrenceForm: Hashable {
  let cell: Recurrence.Cell
  let isReverse: Bool
  let batch: Int
  let steps: Int
  /// Elements of a state.
  let size: Int

  /// Elements of all gates of a row.
  var gateWidth: Int { cell.gateCount * size }

  /// The elements of a worker's rows, `width` to a row.
  func elements(_ width: Int, of worker: Int, in workers: Int) -> Range<Int> {
    let rows = share(of: batch, worker: worker, in: workers)
    return rows.lowerBound * width..<rows.upperBound * width
  }
}

/// All steps of a recurrent layer, shared out by rows of the batch: workers never wait for each other in between.
///
/// The input's part of the gates is given. A step is one product of the state with the recurrent weights, then one pass over the
/// gates. Where a gradient will be asked for, the gates are kept in place of the input's part.
struct RecurrenceKernel: Kernel {
  let form: RecurrenceForm
  /// `[size, gateWidth]`
  let weights: ProductWeights
  let bias: ValueID
  /// `[batch, steps, gateWidth]`
  let gates: ValueID
  let initialStates: [ValueID]
  let lengths: ValueID?
  let result: ValueID?
  let finalStates: [ValueID]
  /// What the gradient needs beside the gates, each `[batch, steps, size]`.
  let kept: (aside: ValueID, previous: ValueID)?

  var label: String {
    "\(form.cell.rawValue) [\(form.batch), \(form.steps), \(form.size)]"
  }
  var flopCount: Double {
    2 * Double(form.batch * form.steps) * Double(form.size) * Double(form.gateWidth)
  }

  func accesses(of worker: Int, in workers: Int) -> [Access] {
    func mine(_ width: Int) -> Range<Int> { form.elements(width, of: worker, in: workers) }
    guard !mine(1).isEmpty else { return [] }
    let (all, state) = (mine(form.steps * form.size), mine(form.size))
    let gateRange = mine(form.steps * form.gateWidth)
    var accesses: [Access] = [
      .read(weights.value, 0..<weights.count), .read(bias, 0..<form.gateWidth),
      kept == nil ? .read(gates, gateRange) : .write(gates, gateRange),
    ]
    accesses += initialStates.map { .read($0, state) } + finalStates.map { .write($0, state) }
    if let lengths { accesses.append(.read(lengths, mine(1))) }
    if let result { accesses.append(.write(result, all)) }
    if let kept { accesses += [.write(kept.aside, all), .write(kept.previous, all)] }
    return accesses
  }

  func task(
    of worker: Int, in workers: Int, _ memory: MemoryMap
  ) throws(TensorError) -> Task {
    func mine(_ value: ValueID, _ width: Int) -> Location {
      let start = form.elements(width, of: worker, in: workers).lowerBound
      return memory[value].advanced(byElements: start)
    }
    let rows = share(of: form.batch, worker: worker, in: workers).count
    var scratch = ScratchLayout()
    let recurrent = scratch.take(rows * form.gateWidth)
    let states = form.cell.states.map { _ in scratch.take(rows * form.size) }
    let product = try Primitive.product(
      rows: rows, states[0], weights, memory[weights.value], bias: memory[bias], to: recurrent,
      scratchOffset: scratch.byteCount)
    memory.wantScratch(bytes: scratch.byteCount + product.scratchBytes)
    let run = RecurrenceRun(
      form: form, rows: rows, product: product, bias: memory[bias],
      gates: mine(gates, form.steps * form.gateWidth),
      initialStates: initialStates.map { mine($0, form.size) },
      lengths: lengths.map { mine($0, 1) },
      result: result.map { mine($0, form.steps * form.size) },
      finalStates: finalStates.map { mine($0, form.size) },
      aside: kept.map { mine($0.aside, form.steps * form.size) },
      previous: kept.map { mine($0.previous, form.steps * form.size) },
      recurrent: recurrent, states: states)
    return { run($0) }
  }
}

/// One worker's share of a ``RecurrenceKernel``.
private struct RecurrenceRun {
  let form: RecurrenceForm
  let rows: Int
  let product: Primitive
  let bias: Location
  let gates: Location
  let initialStates: [Location]
  let lengths: Location?
  let result: Location?
  let finalStates: [Location]
  let aside: Location?
  let previous: Location?
  // In scratch memory:
  let recurrent: Int
  let states: [Int]

  func callAsFunction(_ frame: Frame) -> Int32 {
    var shape = lz_recurrence(
      rows: Int64(rows), steps: Int64(form.steps), size: Int64(form.size), step: 0,
      lengths: lengths.map { UnsafePointer(frame.floats($0)) })
    guard let longest = shape.longest else { return KernelStatus.indexOutOfRange }
    let count = rows * form.size
    for (number, state) in states.enumerated() {
      if initialStates.isEmpty {
        frame.scratchFloats(at: state).update(repeating: 0, count: count)
      } else {
        frame.scratchFloats(at: state).update(
          from: frame.floats(initialStates[number]), count: count)
      }
    }
    var isAtRest = initialStates.isEmpty
    for place in 0..<form.steps {
      let step = form.isReverse ? form.steps - 1 - place : place
      shape.step = Int64(step)
      if step < longest {
        let status = addStates(frame, atRest: isAtRest)
        if status != 0 { return status }
        isAtRest = false
      }
      passGates(frame, &shape)
    }
    for (state, final) in zip(states, finalStates) {
      frame.floats(final).update(from: frame.scratchFloats(at: state), count: count)
    }
    return 0
  }

  /// The state's part of the gates; a state of zeros contributes the bias alone.
  private func addStates(_ frame: Frame, atRest: Bool) -> Int32 {
    guard atRest else { return product.run(frame) }
    let (target, source) = (frame.scratchFloats(at: recurrent), frame.floats(bias))
    for row in 0..<rows {
      (target + row * form.gateWidth).update(from: source, count: form.gateWidth)
    }
    return 0
  }

  private func passGates(_ frame: Frame, _ shape: inout lz_recurrence) {
    let kept = lz_recurrence_memory(
      aside: aside.map { frame.floats($0) }, previous: previous.map { frame.floats($0) })
    let target = result.map { frame.floats($0) }
    switch form.cell {
    case .gru:
      lz_gru_step(
        &shape, frame.floats(gates), frame.scratchFloats(at: recurrent),
        frame.scratchFloats(at: states[0]), target, kept)
    case .lstm:
      lz_lstm_step(
        &shape, frame.floats(gates), frame.scratchFloats(at: recurrent),
        frame.scratchFloats(at: states[0]),
        frame.scratchFloats(at: states[1]), target, kept)
    }
  }
}

extension lz_recurrence {
  /// The greatest number of steps that count in any row; `nil` when a length is not whole or out of range.
  var longest: Int? {
    guard let lengths else { return Int(steps) }
    var longest: Int64 = 0
    return lz_check_lengths(lengths, rows, steps, &longest) == 0 ? nil : Int(longest)
  }
}

extension Primitive {
  /// The product of `rows` rows in scratch memory with given weights, plus a bias or plus what the result already holds.
  static func product(
    rows: Int, _ source: Int, _ weights: ProductWeights, _ weightLocation: Location,
    bias: Location?, to target: Int, accumulates: Bool = false, scratchOffset: Int
  ) throws(TensorError) -> Primitive {
    let (inner, columns) = (weights.inner, weights.columns)
    let purpose = OneDNN.Purpose(operation: "Gemm", shapes: [[rows, inner], [inner, columns]])
    var first = try ProductKernel.matrix(rows, inner, strides: (inner, 1), purpose)
    var second = weights.layout
    var third = try ProductKernel.matrix(1, columns, strides: (columns, 1), purpose)
    var fourth = try ProductKernel.matrix(rows, columns, strides: (columns, 1), purpose)
    var arguments: [(Argument, dnnl_memory_desc_t)] = [
      (.init(index: lz_argument_source, scratchOffset: source), first),
      (.init(index: lz_argument_weights, location: weightLocation), second),
      (.init(index: lz_argument_destination, scratchOffset: target), fourth),
    ]
    if let bias { arguments.append((.init(index: lz_argument_bias, location: bias), third)) }
    var operation = dnnl_matmul_desc_t()
    try OneDNN.check(
      bias == nil
        ? dnnl_matmul_desc_init(&operation, &first, &second, nil, &fourth)
        : dnnl_matmul_desc_init(&operation, &first, &second, &third, &fourth),
      "dnnl_matmul_desc_init", purpose)
    return try Primitive(
      try PrimitiveDescription(&operation, accumulates: accumulates, purpose),
      arguments: arguments, scratchOffset: scratchOffset, purpose)
  }
}
