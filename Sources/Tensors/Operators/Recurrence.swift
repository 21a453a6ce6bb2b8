/// One layer of a recurrent network in one direction: ONNX's `GRU` and `LSTM`.
///
/// Operands lie as in PyTorch: `x [B, T, F]`, `weight_ih [G·H, F]`, `weight_hh [G·H, H]`, both biases `[G·H]`, gates in the order
/// r, z, n or i, f, g, o; then, where given, the first states `[B, H]` and the lengths `[B]`. (ONNX orders gates z, r, h and
/// i, o, f, c and joins the biases, which an export rearranges.)
///
/// Results: all states `[B, T, H]`, the last state `[B, H]`, for an LSTM the last cell. Further outputs are for the gradient
/// alone: gates `[B, T, G·H]` and two values `[B, T, H]`; they are computed only in a plan that reads them.
///
/// The whole layer is one node, so that what is stored is what ONNX knows; lowering splits off the input's part of
/// the gates, which is one product over all steps.
struct Recurrence: Operator {
  /// Which recurrence; the raw value is the ONNX name.
  enum Cell: String {
    case gru = "GRU"
    case lstm = "LSTM"

    var gateCount: Int { self == .gru ? 3 : 4 }
    /// What is carried from step to step.
    var states: [String] { self == .gru ? ["state"] : ["state", "cell"] }
  }

  let cell: Cell
  let size: Int
  var isReverse = false
  var hasInitialStates = false
  var hasLengths = false

  var name: String { cell.rawValue }
  var attributes: [String: Attribute] {
    var attributes: [String: Attribute] = [
      "hidden_size": .int(size), "direction": .string(isReverse ? "reverse" : "forward"),
      "layout": .int(1),
    ]
    if cell == .gru { attributes["linear_before_reset"] = .int(1) }
    return attributes
  }

  /// Number of outputs that are results; the gates and two kept values follow.
  var resultCount: Int { 1 + cell.states.count }
  /// Where the first states begin among the operands.
  static let fixedOperandCount = 5
  /// The lengths' place among the operands.
  var lengthsPlace: Int? {
    hasLengths ? Self.fixedOperandCount + (hasInitialStates ? cell.states.count : 0) : nil
  }

  /// What the kernels agree on, for an input of this shape.
  func form(_ x: Shape) -> RecurrenceForm {
    RecurrenceForm(cell: cell, isReverse: isReverse, batch: x[0], steps: x[1], size: size)
  }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    let x = inputs[0]
    guard x.rank == 3 else { throw ShapeFault(reason: "the input is not [batch, steps, features]") }
    let width = cell.gateCount * size
    let expected: [Shape] =
      [x, [width, x[2]], [width, size], [width], [width]]
      + (hasInitialStates ? cell.states.map { _ in [x[0], size] } : [])
      + (hasLengths ? [[x[0]]] : [])
    guard inputs.count == expected.count else {
      throw ShapeFault(reason: "it takes \(expected.count) operands, got \(inputs.count)")
    }
    for (place, (found, shape)) in zip(inputs, expected).enumerated() where found != shape {
      throw ShapeFault(reason: "operand \(place) has the shape \(found), not \(shape)")
    }
    let steps: Shape = [x[0], x[1], size]
    return [steps] + cell.states.map { _ in [x[0], size] } + [[x[0], x[1], width], steps, steps]
  }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    let kept = (resultCount..<resultCount + 3).map { Tensor(node: node, output: $0) }
    let slopes = Array(upstream.prefix(resultCount))
    let operation = RecurrenceGradient(forward: self, hasSlopes: slopes.map { $0 != nil })
    let gradient = Node(
      operation,
      Array(node.inputs.prefix(3)) + kept + (lengthsPlace.map { [node.inputs[$0]] } ?? [])
        + slopes.compactMap { $0 })
    // Both biases of an LSTM have the same gradient.
    let ofWeights = [0, 1, 2, 3, cell == .gru ? 4 : 3]
    let ofStates = hasInitialStates ? cell.states.indices.map { 5 + $0 } : []
    return (ofWeights + ofStates).map { Tensor(node: gradient, output: $0) }
      + (hasLengths ? [nil] : [])
  }

  func lower(_ node: Node, into plan: inout Lowering) throws(TensorError) {
    let operands = node.inputs.map { plan.value($0) }
    let x = node.inputs[0].shape
    let form = form(x)
    let keeps = (resultCount..<resultCount + 3).contains { plan.isRead(node, output: $0) }
    let gates =
      keeps
      ? plan.define(node, output: resultCount)
      : plan.makeValue(count: form.batch * form.steps * form.gateWidth)
    plan.add(
      ProductKernel(
        a: .init(value: operands[0], shape: [x[0] * x[1], x[2]]),
        b: .init(value: operands[1], shape: node.inputs[1].shape, isTransposed: true),
        bias: operands[3], result: gates))
    let weights = try plan.packedWeights(
      operands[2], inner: size, columns: form.gateWidth, isTransposed: true,
      rows: share(of: form.batch, worker: plan.workers - 1, in: plan.workers).count,
      runs: form.steps)
    let first = Self.fixedOperandCount
    plan.add(
      RecurrenceKernel(
        form: form, weights: weights, bias: operands[4], gates: gates,
        initialStates: hasInitialStates ? Array(operands[first..<first + cell.states.count]) : [],
        lengths: lengthsPlace.map { operands[$0] },
        result: plan.isRead(node, output: 0) ? plan.define(node) : nil,
        finalStates: cell.states.indices.map { plan.define(node, output: 1 + $0) },
        kept: keeps
          ? (
            plan.define(node, output: resultCount + 1), plan.define(node, output: resultCount + 2)
          )
          : nil))
  }
}

/// The weights of one recurrent layer in one direction, `G` being 3 for a GRU and 4 for an LSTM.
public struct RecurrentWeights {
  /// `[G·H, F]`
  public let input: Tensor
  /// `[G·H, H]`
  public let recurrent: Tensor
  /// `[G·H]`
  public let inputBias: Tensor
  /// `[G·H]`
  public let recurrentBias: Tensor

  /// Joins weights.
  public init(input: Tensor, recurrent: Tensor, inputBias: Tensor, recurrentBias: Tensor) {
    self.input = input
    self.recurrent = recurrent
    self.inputBias = inputBias
    self.recurrentBias = recurrentBias
  }

  fileprivate var operands: [Tensor] { [input, recurrent, inputBias, recurrentBias] }
}

extension Tensor {
  /// A gated recurrent unit over a sequence (Cho et al. 2014, https://arxiv.org/abs/1406.1078), as PyTorch computes it.
  ///
  /// `r = σ(Wr·x + br + Ur·h + cr)`, `z` alike, `n = tanh(Wn·x + bn + r·(Un·h + cn))`, `h' = (1 - z)·n + z·h`
  ///
  /// - Parameters:
  ///   - x: `[B, T, F]`.
  ///   - weights: of the gates `r`, `z` and `n`, in this order.
  ///   - initialState: `[B, H]`; zeros without.
  ///   - lengths: how many steps of each row count, whole numbers in `0...T`, shape `[B]`; all without. Beyond them the
  ///     states are 0 in `steps`, and `x` must be finite there. Other numbers make a run throw
  ///     ``TensorError/indexOutOfRange(operation:layer:)``.
  ///   - isReverse: whether to begin at each row's last step.
  /// - Returns: the states after each step, `[B, T, H]`, and each row's last, `[B, H]`.
  public static func gru(
    _ x: Tensor, _ weights: RecurrentWeights, initialState: Tensor? = nil, lengths: Tensor? = nil,
    isReverse: Bool = false
  ) -> (steps: Tensor, state: Tensor) {
    let outputs = recurrence(.gru, x, weights, initialState.map { [$0] }, lengths, isReverse)
    return (outputs[0], outputs[1])
  }

  /// A long short-term memory over a sequence (Hochreiter and Schmidhuber 1997,
  /// https://doi.org/10.1162/neco.1997.9.8.1735), as PyTorch computes it.
  ///
  /// `i, f, o = σ(W·x + b + U·h + c)`, `g` alike with `tanh`, `cell' = f·cell + i·g`, `h' = o·tanh(cell')`
  ///
  /// - Parameters: as for ``gru(_:_:initialState:lengths:isReverse:)``, with a cell `[B, H]` beside the state.
  /// - Returns: the states after each step, `[B, T, H]`, and each row's last state and cell, `[B, H]`.
  public static func lstm(
    _ x: Tensor, _ weights: RecurrentWeights, initialState: (state: Tensor, cell: Tensor)? = nil,
    lengths: Tensor? = nil, isReverse: Bool = false
  ) -> (steps: Tensor, state: Tensor, cell: Tensor) {
    let initial = initialState.map { [$0.state, $0.cell] }
    let outputs = recurrence(.lstm, x, weights, initial, lengths, isReverse)
    return (outputs[0], outputs[1], outputs[2])
  }

  private static func recurrence(
    _ cell: Recurrence.Cell, _ x: Tensor, _ weights: RecurrentWeights, _ initial: [Tensor]?,
    _ lengths: Tensor?, _ isReverse: Bool
  ) -> [Tensor] {
    let recurrent = weights.recurrent.shape
    let operation = Recurrence(
      cell: cell, size: recurrent.rank == 2 ? recurrent[1] : 0, isReverse: isReverse,
      hasInitialStates: initial != nil, hasLengths: lengths != nil)
    let node = Node(
      operation, [x] + weights.operands + (initial ?? []) + (lengths.map { [$0] } ?? []))
    return (0..<operation.resultCount).map { Tensor(node: node, output: $0) }
  }
}
