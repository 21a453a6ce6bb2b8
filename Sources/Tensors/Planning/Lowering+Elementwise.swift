extension Lowering {
  /// Lowers the chain that an elementwise node belongs to, once.
  mutating func addElementwise(_ node: Node) throws(TensorError) {
    guard let chain = takeChain(of: node) else { return }
    let members = Set(chain.nodes.map(ObjectIdentifier.init))
    var operands: [Tensor] = []
    for input in chain.nodes.flatMap(\.inputs)
    where !members.contains(ObjectIdentifier(input.node)) && !operands.contains(input) {
      operands.append(input)
    }
    let order = order(of: chain, operands)
    let shape = Shape(order.dimensions(of: chain.shape))
    let layouts = operands.map { Shape(Self.dimensions(of: $0.shape, beside: chain.shape, order)) }
    // A sum over the trailing axes keeps the batch alone, or is of an order-free shape: the same place in both orders.
    let fixed = (chain.rowSums.first?.operation as? ReduceSum)?.axes.first
    let axis = ChainProgram.axis(for: layouts, beside: shape, fixed: fixed)
    var program = ChainProgram(shape: shape, axis: axis)
    var slots: [Tensor: Int] = [:]
    for operand in operands {
      slots[operand] = addOperand(
        operand, beside: chain.shape, order: order, axis: axis, to: &program)
    }
    addSteps(of: chain, order: order, slots: &slots, to: &program)
    let name = chain.nodes.map(\.operation.name).joined(separator: "+")
    add(ElementwiseKernel(label: "\(name) \(chain.shape)", program: program))
  }

  /// The order a chain computes in: that of its operands, channels last where they differ.
  private func order(of chain: Fusion.Chain, _ operands: [Tensor]) -> ElementOrder {
    let isChannelsLast = operands.contains { operand in
      operand.shape == chain.shape && !operand.shape.isOrderFree
        && order(of: operand) == .channelsLast
    }
    return isChannelsLast ? .channelsLast : .rowMajor
  }

  /// An operand's extents, with 1 where it is repeated, in the order a chain computes in.
  private static func dimensions(
    of operand: Shape, beside shape: Shape, _ order: ElementOrder
  ) -> [Int] {
    let padded = [Int](repeating: 1, count: shape.rank - operand.rank) + operand.dimensions
    return order.axes(rank: shape.rank).map { padded[$0] }
  }

  /// A slot for an operand; one that repeats in an unusual pattern is written out first.
  private mutating func addOperand(
    _ operand: Tensor, beside shape: Shape, order: ElementOrder, axis: Int,
    to program: inout ChainProgram
  ) -> Int {
    let whole = Shape(order.dimensions(of: shape))
    let padded = Shape(
      [Int](repeating: 1, count: shape.rank - operand.shape.rank) + operand.shape.dimensions)
    let dimensions = Self.dimensions(of: operand.shape, beside: shape, order)
    if operand.shape == shape || order == .rowMajor || padded.isOrderFree,
      let kind = ChainProgram.kind(of: Shape(dimensions), beside: whole, axis: axis)
    {
      let source = value(operand, as: operand.shape == shape ? order : .rowMajor)
      return program.addSlot(kind, source)
    }
    let strides = zip(padded.rowMajorStrides, padded.dimensions).map { $1 == 1 ? 0 : $0 }
    let source = value(operand)
    let copy = makeValue(count: shape.count)
    add(
      CopyKernel(
        shape: whole, strides: order.axes(rank: shape.rank).map { strides[$0] }, source: source,
        sourceCount: operand.shape.count, result: copy))
    return program.addSlot(.full, copy)
  }

  /// The chain's nodes as steps; a result nobody needs outside lives in a register while it is read.
  private mutating func addSteps(
    of chain: Fusion.Chain, order: ElementOrder, slots: inout [Tensor: Int],
    to program: inout ChainProgram
  ) {
    var lastUse: [Tensor: Int] = [:]
    for (place, node) in chain.nodes.enumerated() {
      for input in node.inputs { lastUse[input] = place }
    }
    let outputs = Set(chain.outputs.map(ObjectIdentifier.init))
    var free: [Int] = []
    for (place, node) in chain.nodes.enumerated() {
      let result = Tensor(node: node)
      let inputs = node.inputs.compactMap { slots[$0] }
      let slot: Int
      if outputs.contains(ObjectIdentifier(node)) {
        slot = program.addSlot(.full, define(node, as: order), isResult: true)
      } else {
        slot = free.popLast() ?? program.addSlot(.register, nil)
      }
      slots[result] = slot
      let operation = (node.operation as? Elementwise).map(ChainProgram.StepOperation.elementwise)
      program.steps.append(.init(operation: operation ?? .copy, out: slot, inputs: inputs))
      for sum in chain.rowSums where sum.inputs[0] == result {
        let target = program.addSlot(.column, define(sum), isResult: true)
        program.steps.append(.init(operation: .rowSum, out: target, inputs: [slot]))
      }
      for input in Set(node.inputs) where lastUse[input] == place {
        if let slot = slots[input], program.kinds[slot] == .register { free.append(slot) }
      }
    }
  }
}
