/// The gradients of a ``Recurrence``.
///
/// Operands: the layer's input and weights, what it kept, the lengths if it had any, and those gradients of its results that
/// there are. Outputs: the gradients of input, both weights, both biases and the first states; what nobody reads is not
/// computed. It has no gradient itself.
struct RecurrenceGradient: UndifferentiatedOperator {
  let forward: Recurrence
  /// For each result whether its gradient is among the operands.
  let hasSlopes: [Bool]

  var name: String { forward.name + "Gradient" }
  var attributes: [String: Attribute] { forward.attributes }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    let width = forward.cell.gateCount * forward.size
    return Array(inputs.prefix(3)) + [[width], [width]]
      + forward.cell.states.map { _ in [inputs[0][0], forward.size] }
  }

  func lower(_ node: Node, into plan: inout Lowering) throws(TensorError) {
    let operands = node.inputs.map { plan.value($0) }
    let form = forward.form(node.inputs[0].shape)
    let gates = try addSequence(node, operands, form, into: &plan)
    addProducts(node, operands, form, gates, into: &plan)
  }

  /// Backwards in time: gives the gradients of the gates' two parts, `[B, T, G·H]`.
  private func addSequence(
    _ node: Node, _ operands: [ValueID], _ form: RecurrenceForm, into plan: inout Lowering
  ) throws(TensorError) -> (input: ValueID, recurrent: ValueID) {
    let weights = try plan.packedWeights(
      operands[2], inner: form.gateWidth, columns: form.size, isTransposed: false,
      rows: share(of: form.batch, worker: plan.workers - 1, in: plan.workers).count,
      runs: form.steps)
    var place = forward.hasLengths ? 7 : 6
    let slopes: [ValueID?] = hasSlopes.map { has in
      guard has else { return nil }
      place += 1
      return operands[place - 1]
    }
    let count = form.batch * form.steps * form.gateWidth
    let ofInput = plan.makeValue(count: count)
    // A GRU's reset gate stands between the recurrent part and its candidate.
    let ofRecurrent = form.cell == .gru ? plan.makeValue(count: count) : ofInput
    plan.add(
      RecurrenceGradientKernel(
        form: form, weights: weights, gates: operands[3], kept: (operands[4], operands[5]),
        lengths: forward.hasLengths ? operands[6] : nil, resultSlope: slopes[0],
        finalSlopes: Array(slopes.dropFirst()), inputSlopes: ofInput, recurrentSlopes: ofRecurrent,
        initialSlopes: form.cell.states.indices.map {
          plan.isRead(node, output: 5 + $0) ? plan.define(node, output: 5 + $0) : nil
        }))
    return (ofInput, ofRecurrent)
  }

  /// Over all steps at once: what the gates' gradients mean for input, weights and biases.
  private func addProducts(
    _ node: Node, _ operands: [ValueID], _ form: RecurrenceForm,
    _ gates: (input: ValueID, recurrent: ValueID), into plan: inout Lowering
  ) {
    let (x, places) = (node.inputs[0].shape, form.batch * form.steps)
    let gateShape: Shape = [places, form.gateWidth]
    func isRead(_ output: Int) -> Bool { plan.isRead(node, output: output) }
    if isRead(0) {
      plan.add(
        ProductKernel(
          a: .init(value: gates.input, shape: gateShape),
          b: .init(value: operands[1], shape: node.inputs[1].shape),
          result: plan.define(node, output: 0)))
    }
    if isRead(1) {
      plan.add(
        ProductKernel(
          a: .init(value: gates.input, shape: gateShape, isTransposed: true),
          b: .init(value: operands[0], shape: [places, x[2]]),
          result: plan.define(node, output: 1)))
    }
    if isRead(2) {
      plan.add(
        ProductKernel(
          a: .init(value: gates.recurrent, shape: gateShape, isTransposed: true),
          b: .init(value: operands[5], shape: [places, form.size]),
          result: plan.define(node, output: 2)))
    }
    let column = Reduction.Step(outer: 1, middle: places, inner: form.gateWidth)
    if isRead(3) { plan.addSum(column, of: gates.input, into: plan.define(node, output: 3)) }
    if isRead(4) { plan.addSum(column, of: gates.recurrent, into: plan.define(node, output: 4)) }
  }
}
