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

  /// Among how many workers the kernels will be shared out: partial sums have a part for each.
  let workers: Int
  private(set) var values: [Value] = []
  private(set) var kernels: [any Kernel] = []
  /// The layer that each kernel works for, where that is known.
  private(set) var layers: [String?] = []
  private var currentLayer: String?
  private(set) var parameters: [Parameter] = []
  private(set) var constants: [NDArray] = []
  private var idOfTensor: [Tensor: [ElementOrder: ValueID]] = [:]
  private var orderOfTensor: [Tensor: ElementOrder] = [:]
  private var inputNumbers: [Tensor: Int] = [:]
  private let fusion: Fusion
  /// Tensors that some node of the plan takes, or that leave it.
  private let read: Set<Tensor>
  private var loweredChains: Set<Int> = []

  /// Lowers everything that `outputs` and `updates` need.
  init(
    inputs: [Tensor], outputs: [Tensor], updates: [Tensor], workers: Int
  ) throws(TensorError) {
    self.workers = workers
    for (number, input) in inputs.enumerated() { inputNumbers[input] = number }
    let ends = outputs + updates
    for end in ends { if let fault = end.fault { throw fault } }
    let nodes = Node.topologicalOrder(ends.map(\.node))
    fusion = Fusion(nodes, outputs: Set(ends))
    read = Set(nodes.lazy.flatMap(\.inputs) + ends)
    // Updates change memory that everything else reads, so they come last.
    let updateNodes = Set(updates.map { ObjectIdentifier($0.node) })
    let order = fusion.order
    for node in order where !updateNodes.contains(ObjectIdentifier(node)) {
      currentLayer = node.layerPath
      try node.operation.lower(node, into: &self)
    }
    // What leaves the plan lies as its shape is written; before the updates, in case one changes it.
    for output in outputs where !updateNodes.contains(ObjectIdentifier(output.node)) {
      _ = value(output)
    }
    for node in order where updateNodes.contains(ObjectIdentifier(node)) {
      currentLayer = node.layerPath
      try node.operation.lower(node, into: &self)
    }
  }

  mutating func add(_ kernel: some Kernel) {
    kernels.append(kernel)
    layers.append(currentLayer)
  }

  mutating func replaceKernel(at place: Int, by kernel: some Kernel) { kernels[place] = kernel }

  mutating func removeKernels(at places: Set<Int>) {
    let kept = kernels.indices.filter { !places.contains($0) }
    (kernels, layers) = (kept.map { kernels[$0] }, kept.map { layers[$0] })
  }
}

extension Lowering {
  /// What the largest value between is computed by, for errors.
  var largestResult: String {
    var largest = (label: "the graph", layer: String?.none, count: -1)
    for (kernel, layer) in zip(kernels, layers) {
      for access in kernel.accesses(of: 0, in: 1) where access.isWrite {
        guard case .arena = values[access.value].origin,
          values[access.value].count > largest.count
        else { continue }
        largest = (kernel.label, layer, values[access.value].count)
      }
    }
    return largest.label + (largest.layer.map { " of layer \"\($0)\"" } ?? "")
  }
}

// MARK: - Values

extension Lowering {
  /// The value a tensor stands for, its elements in the given order; rearranged first if it lies otherwise.
  mutating func value(_ tensor: Tensor, as order: ElementOrder = .rowMajor) -> ValueID {
    guard let known = idOfTensor[tensor] else {
      preconditionFailure("\(tensor.node.operation.name) was lowered before its input")
    }
    if let id = known[order] { return id }
    let native = self.order(of: tensor)
    guard let source = known[native] else {
      preconditionFailure("\(tensor.node.operation.name) has no value")
    }
    if tensor.shape.isOrderFree {
      idOfTensor[tensor]?[order] = source
      return source
    }
    let rearranged = makeValue(count: tensor.shape.count)
    add(
      RearrangeKernel(shape: tensor.shape, to: order, source: source, result: rearranged))
    idOfTensor[tensor]?[order] = rearranged
    return rearranged
  }

  /// Whether anything reads an output of a node; an operator need not compute what nobody reads.
  func isRead(_ node: Node, output: Int) -> Bool {
    read.contains(Tensor(node: node, output: output))
  }

  /// The order in which a tensor's elements were first computed.
  func order(of tensor: Tensor) -> ElementOrder { orderOfTensor[tensor] ?? .rowMajor }

  /// Makes room in the arena for a node's result.
  mutating func define(
    _ node: Node, output: Int = 0, as order: ElementOrder = .rowMajor
  ) -> ValueID {
    define(
      Tensor(node: node, output: output),
      Value(origin: .arena, count: node.shapes[output].count), as: order)
  }

  /// Makes room in the arena for something between.
  mutating func makeValue(count: Int) -> ValueID {
    values.append(Value(origin: .arena, count: count))
    return values.count - 1
  }

  private mutating func define(
    _ tensor: Tensor, _ value: Value, as order: ElementOrder = .rowMajor
  ) -> ValueID {
    values.append(value)
    idOfTensor[tensor] = [order: values.count - 1]
    orderOfTensor[tensor] = order
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

  /// Lets a node of its input's shape share the input's memory.
  mutating func alias(_ node: Node, _ input: Tensor) {
    idOfTensor[Tensor(node: node)] = idOfTensor[input]
    orderOfTensor[Tensor(node: node)] = order(of: input)
  }

  /// Lets a node stand for a value that lies in the given order.
  mutating func alias(_ node: Node, value: ValueID, as order: ElementOrder) {
    idOfTensor[Tensor(node: node)] = [order: value]
    orderOfTensor[Tensor(node: node)] = order
  }

  /// Lets a node of another shape share the input's memory, which is brought into the given order.
  mutating func alias(_ node: Node, _ input: Tensor, as order: ElementOrder) {
    idOfTensor[Tensor(node: node)] = [order: value(input, as: order)]
    orderOfTensor[Tensor(node: node)] = order
  }

  /// Where a product's or convolution's result goes, and whether it is rectified on the way.
  mutating func defineProduct(
    _ node: Node, as order: ElementOrder = .rowMajor
  ) -> (result: ValueID, hasRelu: Bool) {
    guard let relu = fusion.relu(after: node) else { return (define(node, as: order), false) }
    return (define(relu, as: order), true)
  }

  /// The chain that an elementwise node belongs to, once.
  mutating func takeChain(of node: Node) -> Fusion.Chain? {
    guard let (number, chain) = fusion.chain(of: node), loweredChains.insert(number).inserted
    else { return nil }
    return chain
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
