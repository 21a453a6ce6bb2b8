/// Turns recorded nodes into kernels over values.
struct Lowering {
  /// Where a value's memory comes from.
  enum Origin {
    case arena
    case input(Int)
    case parameter(Int)
    case constant(Int)
  }

  struct Value {
    let origin: Origin
    let count: Int
  }

  private(set) var values: [Value] = []
  private(set) var kernels: [any Kernel] = []
  private(set) var parameters: [Parameter] = []
  private(set) var constants: [NDArray] = []
  private var idOfTensor: [Tensor: ValueID] = [:]
  private var inputNumbers: [Tensor: Int] = [:]
  private let fusion: Fusion
  private var loweredChains: Set<Int> = []

  /// Lowers everything that `outputs` and `updates` need.
  init(inputs: [Tensor], outputs: [Tensor], updates: [Tensor]) throws(TensorError) {
    for (number, input) in inputs.enumerated() { inputNumbers[input] = number }
    let ends = outputs + updates
    for end in ends { if let fault = end.fault { throw fault } }
    let nodes = Node.topologicalOrder(ends.map(\.node))
    fusion = Fusion(nodes, outputs: Set(ends))
    // Updates change memory that everything else reads, so they come last.
    let updateNodes = Set(updates.map { ObjectIdentifier($0.node) })
    let order = fusion.order
    for node in order where !updateNodes.contains(ObjectIdentifier(node)) {
      try node.operation.lower(node, into: &self)
    }
    for node in order where updateNodes.contains(ObjectIdentifier(node)) {
      try node.operation.lower(node, into: &self)
    }
  }

  /// The value a tensor stands for.
  func value(_ tensor: Tensor) -> ValueID {
    guard let id = idOfTensor[tensor] else {
      preconditionFailure("\(tensor.node.operation.name) was lowered before its input")
    }
    return id
  }

  mutating func add(_ kernel: some Kernel) { kernels.append(kernel) }

  mutating func replaceKernel(at place: Int, by kernel: some Kernel) { kernels[place] = kernel }

  mutating func removeKernels(at places: Set<Int>) {
    kernels = kernels.indices.filter { !places.contains($0) }.map { kernels[$0] }
  }

  /// Makes room in the arena for a node's result.
  mutating func define(_ node: Node) -> ValueID {
    define(Tensor(node: node), Value(origin: .arena, count: node.shapes[0].count))
  }

  private mutating func define(_ tensor: Tensor, _ value: Value) -> ValueID {
    values.append(value)
    idOfTensor[tensor] = values.count - 1
    return values.count - 1
  }

  mutating func addInput(_ node: Node) throws(TensorError) {
    let tensor = Tensor(node: node)
    guard let number = inputNumbers[tensor] else { throw .unlistedInput(shape: tensor.shape) }
    _ = define(tensor, Value(origin: .input(number), count: tensor.shape.count))
  }

  mutating func addParameter(_ node: Node, _ parameter: Parameter) {
    parameters.append(parameter)
    let origin = Origin.parameter(parameters.count - 1)
    _ = define(Tensor(node: node), Value(origin: origin, count: parameter.shape.count))
  }

  mutating func addConstant(_ node: Node, _ value: NDArray) {
    constants.append(value)
    let origin = Origin.constant(constants.count - 1)
    _ = define(Tensor(node: node), Value(origin: origin, count: value.shape.count))
  }

  /// Lets a node share its input's memory.
  mutating func alias(_ node: Node, _ input: Tensor) {
    idOfTensor[Tensor(node: node)] = value(input)
  }

  /// Where a product's result goes, and whether it is rectified on the way.
  mutating func defineProduct(_ node: Node) -> (result: ValueID, hasRelu: Bool) {
    guard let relu = fusion.relu(after: node) else { return (define(node), false) }
    return (define(relu), true)
  }
}

extension Lowering {
  /// Lowers an optimiser's step; the node's value is the parameter's own memory.
  mutating func addUpdate(_ node: Node, _ rule: UpdateKernel.Rule, momentCount: Int) {
    let ids = node.inputs.map { value($0) }
    add(
      UpdateKernel(
        rule: rule, shape: node.shapes[0], parameter: ids[0], gradient: ids[1], rates: ids[2],
        moments: Array(ids[3..<3 + momentCount]),
        scale: ids.count > 3 + momentCount ? ids[3 + momentCount] : nil))
    alias(node, node.inputs[0])
  }
}

// MARK: - Elementwise chains

extension Lowering {
  /// Lowers the chain that an elementwise node belongs to, once.
  mutating func addElementwise(_ node: Node) throws(TensorError) {
    guard let (number, chain) = fusion.chain(of: node),
      loweredChains.insert(number).inserted
    else { return }
    let members = Set(chain.nodes.map(ObjectIdentifier.init))
    var operands: [Tensor] = []
    for input in chain.nodes.flatMap(\.inputs)
    where !members.contains(ObjectIdentifier(input.node)) && !operands.contains(input) {
      operands.append(input)
    }
    let fixed = (chain.rowSums.first?.operation as? ReduceSum)?.axes.lowerBound
    let axis = ChainProgram.axis(for: operands.map(\.shape), beside: chain.shape, fixed: fixed)
    var program = ChainProgram(shape: chain.shape, axis: axis)
    var slots: [Tensor: Int] = [:]
    for operand in operands {
      slots[operand] = addOperand(operand, beside: chain.shape, axis: axis, to: &program)
    }
    addSteps(of: chain, slots: &slots, to: &program)
    let name = chain.nodes.map(\.operation.name).joined(separator: "+")
    add(ElementwiseKernel(label: "\(name) \(chain.shape)", program: program))
  }

  /// A slot for an operand; one that repeats in an unusual pattern is written out first.
  private mutating func addOperand(
    _ operand: Tensor, beside shape: Shape, axis: Int, to program: inout ChainProgram
  ) -> Int {
    if let kind = ChainProgram.kind(of: operand.shape, beside: shape, axis: axis) {
      return program.addSlot(kind, value(operand))
    }
    let padded = [Int](repeating: 1, count: shape.rank - operand.shape.rank)
    let dimensions = padded + operand.shape.dimensions
    let strides = zip(Shape(dimensions).rowMajorStrides, dimensions).map { $1 == 1 ? 0 : $0 }
    values.append(Value(origin: .arena, count: shape.count))
    let copy = values.count - 1
    add(
      CopyKernel(
        shape: shape, strides: strides, source: value(operand),
        sourceCount: operand.shape.count, result: copy))
    return program.addSlot(.full, copy)
  }

  /// The chain's nodes as steps; a result nobody needs outside lives in a register while it is read.
  private mutating func addSteps(
    of chain: Fusion.Chain, slots: inout [Tensor: Int], to program: inout ChainProgram
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
        slot = program.addSlot(.full, define(node), isResult: true)
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

  /// A sum over trailing axes that is not part of a chain.
  mutating func addRowSum(_ node: Node, axis: Int) throws(TensorError) {
    let source = node.inputs[0]
    var program = ChainProgram(shape: source.shape, axis: axis)
    let slot = program.addSlot(.full, value(source))
    let target = program.addSlot(.column, define(node), isResult: true)
    program.steps.append(.init(operation: .rowSum, out: target, inputs: [slot]))
    add(ElementwiseKernel(label: "ReduceSum \(source.shape)", program: program))
  }
}
