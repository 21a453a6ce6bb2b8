/// How ONNX writes a recurrence: steps before the batch, an axis for the directions, gates in another order, biases joined.
extension Recurrence {
  /// The place of each of ONNX's gates among ours.
  private var gatesInONNX: [Int] { cell == .gru ? [1, 0, 2] : [0, 3, 1, 2] }

  func export(_ node: Node, into graph: inout GraphWriter) {
    let names = node.inputs.map { graph.name(of: $0) }
    let swap: [String: Attribute] = ["perm": .ints([1, 0, 2])]
    let first = graph.integers([0])
    var operands = [graph.emit("Transpose", [names[0]], swap, in: node)]
    for weight in names[1...2] {
      operands.append(
        graph.emit("Unsqueeze", [reordered(weight, node, &graph), first], in: node))
    }
    let biases = names[3...4].map { reordered($0, node, &graph) }
    let joined = graph.emit("Concat", biases, ["axis": .int(0)], in: node)
    operands.append(graph.emit("Unsqueeze", [joined, first], in: node))
    operands.append(
      lengthsPlace.map { graph.value(node.inputs[$0], as: .int32, in: node) } ?? "")
    if hasInitialStates {
      for state in names[Self.fixedOperandCount...].prefix(cell.states.count) {
        operands.append(graph.emit("Unsqueeze", [state, first], in: node))
      }
    }
    while operands.last == "" { operands.removeLast() }
    addResults(operands, node, &graph)
  }

  private func addResults(_ operands: [String], _ node: Node, _ graph: inout GraphWriter) {
    var attributes: [String: Attribute] = [
      "hidden_size": .int(size), "direction": .string(isReverse ? "reverse" : "forward"),
    ]
    if cell == .gru { attributes["linear_before_reset"] = .int(1) }
    let results = graph.emit(name, operands, outputCount: resultCount, attributes, in: node)
    let (first, second) = (graph.integers([0]), graph.integers([1]))
    let steps = graph.emit("Squeeze", [results[0], second], in: node)
    graph.define(node, as: graph.emit("Transpose", [steps], ["perm": .ints([1, 0, 2])], in: node))
    for output in 1..<resultCount {
      graph.define(
        node, output: output, as: graph.emit("Squeeze", [results[output], first], in: node))
    }
  }

  private func reordered(
    _ weight: String, _ node: Node, _ graph: inout GraphWriter
  ) -> String {
    let extents = graph.integers([Int](repeating: size, count: cell.gateCount))
    let gates = graph.emit(
      "Split", [weight, extents], outputCount: cell.gateCount, ["axis": .int(0)], in: node)
    return graph.emit("Concat", gatesInONNX.map { gates[$0] }, ["axis": .int(0)], in: node)
  }
}

extension Recurrence {
  /// Records what a node of ONNX's `GRU` or `LSTM` says.
  ///
  /// - Returns: ONNX's results: all states `[T, 1, B, H]`, the last state `[1, B, H]`, for an LSTM the last cell.
  static func read(_ node: inout NodeReader, _ cell: Cell) throws(GraphError) -> [GraphOperand] {
    let operands = (try node.tensor(0), try node.tensor(1), try node.tensor(2))
    let (x, size) = (operands.0, try node.int("hidden_size"))
    let direction = try node.string("direction", default: "forward")
    let resetsLate = try node.int("linear_before_reset", default: 0) == 1
    guard x.shape.rank == 3, (1...1 << 20).contains(size),
      ["forward", "reverse"].contains(direction),
      try node.int("layout", default: 0) == 0, cell == .lstm || resetsLate
    else {
      throw node.malformed(
        "a recurrence runs forward or in reverse over [steps, batch, features], with "
          + "linear_before_reset")
    }
    let operation = Recurrence(cell: cell, size: size)
    let width = cell.gateCount * size
    let biases =
      node.has(3) ? try node.tensor(3) : Tensor(0).expanded(to: [1, 2 * width])
    try node.check(biases, is: [1, 2 * width])
    try node.check(operands.1, is: [1, width, x.shape[2]])
    try node.check(operands.2, is: [1, width, size])
    let weights = RecurrentWeights(
      input: node.restored(operands.1, operation), recurrent: node.restored(operands.2, operation),
      inputBias: node.restored(biases, operation, from: 0),
      recurrentBias: node.restored(biases, operation, from: width))
    let lengths = node.has(4) ? try node.tensor(4) : nil
    var states: [Tensor] = []
    for place in 5..<5 + cell.states.count where node.has(place) {
      states.append(try node.tensor(place))
    }
    guard states.isEmpty || states.count == cell.states.count else {
      throw node.malformed("some of its first states are missing")
    }
    for state in states { try node.check(state, is: [1, x.shape[1], size]) }
    let results = operation.record(
      x.transposed([1, 0, 2]), weights, states.map { $0.squeezed(axis: 0) }, lengths,
      isReverse: direction == "reverse")
    let steps = results[0].transposed([1, 0, 2]).unsqueezed(axis: 1)
    return ([steps] + results.dropFirst().map { $0.unsqueezed(axis: 0) }).map { .tensor($0) }
  }

  private func record(
    _ x: Tensor, _ weights: RecurrentWeights, _ states: [Tensor], _ lengths: Tensor?,
    isReverse: Bool
  ) -> [Tensor] {
    switch cell {
    case .gru:
      let (steps, state) = Tensor.gru(
        x, weights, initialState: states.first, lengths: lengths, isReverse: isReverse)
      return [steps, state]
    case .lstm:
      let (steps, state, memory) = Tensor.lstm(
        x, weights, initialState: states.count == 2 ? (states[0], states[1]) : nil,
        lengths: lengths, isReverse: isReverse)
      return [steps, state, memory]
    }
  }

  /// A weight `[1, G·H, …]` or half of the biases `[1, 2·G·H]` with gates in our order, without the axis of directions.
  func restored(_ weight: Tensor, from start: Int) -> Tensor {
    let gates = weight.squeezed(axis: 0)
    let places = cell.gateCount
    let pieces = (0..<places).map { ours in
      let place = gatesInONNX.firstIndex(of: ours) ?? ours
      return gates.slice(axis: 0, from: start + place * size, to: start + (place + 1) * size)
    }
    return .concatenated(pieces, axis: 0)
  }
}
