internal import CKernels

/// All steps of a recurrent layer backwards in time, shared out by rows of the batch as ``RecurrenceKernel`` is.
///
/// Gives the gradients of the gates for all steps, from which large products make those of weights and input.
struct RecurrenceGradientKernel: Kernel {
  let form: RecurrenceForm
  /// `[gateWidth, size]`
  let weights: ProductWeights
  let gates: ValueID
  let kept: (aside: ValueID, previous: ValueID)
  let lengths: ValueID?
  /// Gradients of the layer's results, where there are any.
  let resultSlope: ValueID?
  let finalSlopes: [ValueID?]
  /// `[batch, steps, gateWidth]`, by the gates' part from the input and by that from the state; an LSTM's are the same.
  let inputSlopes: ValueID
  let recurrentSlopes: ValueID
  /// Where the gradients of the first states go, if anybody asks for them.
  let initialSlopes: [ValueID?]

  var label: String {
    "\(form.cell.rawValue)Gradient [\(form.batch), \(form.steps), \(form.size)]"
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
      .read(weights.value, 0..<weights.count), .read(gates, gateRange), .read(kept.aside, all),
      .read(kept.previous, all), .write(inputSlopes, gateRange),
    ]
    if recurrentSlopes != inputSlopes { accesses.append(.write(recurrentSlopes, gateRange)) }
    if let lengths { accesses.append(.read(lengths, mine(1))) }
    if let resultSlope { accesses.append(.read(resultSlope, all)) }
    accesses += finalSlopes.compactMap { $0.map { .read($0, state) } }
    accesses += initialSlopes.compactMap { $0.map { .write($0, state) } }
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
    let stepSlopes = scratch.take(rows * form.gateWidth)
    let states = form.cell.states.map { _ in scratch.take(rows * form.size) }
    let product = try Primitive.product(
      rows: rows, stepSlopes, weights, memory[weights.value], bias: nil, to: states[0],
      accumulates: true, scratchOffset: scratch.byteCount)
    memory.wantScratch(bytes: scratch.byteCount + product.scratchBytes)
    let (ofGates, ofStates) = (form.steps * form.gateWidth, form.steps * form.size)
    let run = RecurrenceGradientRun(
      form: form, rows: rows, product: product, gates: mine(gates, ofGates),
      aside: mine(kept.aside, ofStates), previous: mine(kept.previous, ofStates),
      lengths: lengths.map { mine($0, 1) }, resultSlope: resultSlope.map { mine($0, ofStates) },
      finalSlopes: finalSlopes.map { $0.map { mine($0, form.size) } },
      inputSlopes: mine(inputSlopes, ofGates), recurrentSlopes: mine(recurrentSlopes, ofGates),
      initialSlopes: initialSlopes.map { $0.map { mine($0, form.size) } },
      stepSlopes: stepSlopes, states: states)
    return { run($0) }
  }
}

/// One worker's share of a ``RecurrenceGradientKernel``.
private struct RecurrenceGradientRun {
  let form: RecurrenceForm
  let rows: Int
  let product: Primitive
  let gates: Location
  let aside: Location
  let previous: Location
  let lengths: Location?
  let resultSlope: Location?
  let finalSlopes: [Location?]
  let inputSlopes: Location
  let recurrentSlopes: Location
  let initialSlopes: [Location?]
  // In scratch memory:
  let stepSlopes: Int
  /// Gradients of the state, and of an LSTM's cell, after the step at hand.
  let states: [Int]

  func callAsFunction(_ frame: Frame) -> Int32 {
    var shape = lz_recurrence(
      rows: Int64(rows), steps: Int64(form.steps), size: Int64(form.size), step: 0,
      lengths: lengths.map { UnsafePointer(frame.floats($0)) })
    guard let longest = shape.longest else { return KernelStatus.indexOutOfRange }
    let count = rows * form.size
    for (state, final) in zip(states, finalSlopes) {
      if let final {
        frame.scratchFloats(at: state).update(from: frame.floats(final), count: count)
      } else {
        frame.scratchFloats(at: state).update(repeating: 0, count: count)
      }
    }
    // Nobody may want the gradient of the state before the first step, on which the last product works.
    let last = initialSlopes[0] == nil ? form.steps - 1 : form.steps
    for place in 0..<form.steps {
      let step = form.isReverse ? place : form.steps - 1 - place
      shape.step = Int64(step)
      passGates(frame, &shape)
      guard step < longest, place < last else { continue }
      let status = product.run(frame)
      if status != 0 { return status }
    }
    for (state, initial) in zip(states, initialSlopes) {
      if let initial {
        frame.floats(initial).update(from: frame.scratchFloats(at: state), count: count)
      }
    }
    return 0
  }

  private func passGates(_ frame: Frame, _ shape: inout lz_recurrence) {
    let kept = lz_recurrence_memory(
      aside: frame.floats(aside), previous: frame.floats(previous))
    let slope = resultSlope.map { UnsafePointer(frame.floats($0)) }
    switch form.cell {
    case .gru:
      lz_gru_slope(
        &shape, frame.floats(gates), kept, slope, frame.scratchFloats(at: states[0]),
        frame.floats(inputSlopes), frame.floats(recurrentSlopes),
        frame.scratchFloats(at: stepSlopes))
    case .lstm:
      lz_lstm_slope(
        &shape, frame.floats(gates), kept, slope, frame.scratchFloats(at: states[0]),
        frame.scratchFloats(at: states[1]), frame.floats(inputSlopes),
        frame.scratchFloats(at: stepSlopes))
    }
  }
}
