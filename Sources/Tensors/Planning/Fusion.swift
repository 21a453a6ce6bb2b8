/// Decides which recorded nodes run as one kernel.
///
/// Every node gets a *stage*. A node that runs alone comes one stage after its latest input; an elementwise node may
/// share the stage of an input that is elementwise over the same shape. Connected elementwise nodes of one
/// stage and shape form a chain. A path that leaves a chain reaches a later stage before it can come back, so chains
/// never wait for each other in a circle, and stages are an order to lower in.
struct Fusion {
  /// Nodes to lower, each after what it needs; of a chain all members, at the same stage.
  let order: [Node]
  private let chainOfNode: [ObjectIdentifier: Int]
  private let chains: [Chain]
  private let reluOfProduct: [ObjectIdentifier: Node]

  /// Elementwise nodes that run as one kernel.
  struct Chain {
    let shape: Shape
    /// The members, each after its inputs.
    var nodes: [Node]
    /// Members whose values are needed outside.
    var outputs: [Node]
    /// Sums over the trailing axes of members, done along the way.
    var rowSums: [Node]
  }

  /// The chain a node belongs to, with its number.
  func chain(of node: Node) -> (number: Int, chain: Chain)? {
    chainOfNode[ObjectIdentifier(node)].map { ($0, chains[$0]) }
  }

  /// The rectifier that a matrix product applies to its result.
  func relu(after product: Node) -> Node? { reluOfProduct[ObjectIdentifier(product)] }

  init(_ nodes: [Node], outputs: Set<Tensor>) {
    var analysis = FusionAnalysis(nodes, outputs: outputs)
    analysis.absorbRectifiers()
    analysis.assignStages()
    analysis.sink()
    analysis.collectChains()
    chains = analysis.chains
    chainOfNode = analysis.chainOfNode
    reluOfProduct = analysis.reluOfProduct
    let stage = analysis.stage
    let absorbed = analysis.absorbed
    order = nodes.enumerated()
      .filter { !absorbed.contains(ObjectIdentifier($0.element)) }
      .sorted { (stage[$0.offset], $0.offset) < (stage[$1.offset], $1.offset) }
      .map(\.element)
  }
}

/// The working state of ``Fusion``; nodes are named by their place in topological order.
private struct FusionAnalysis {
  let nodes: [Node]
  let outputs: Set<Tensor>
  let place: [ObjectIdentifier: Int]
  let consumers: [[Int]]
  var stage: [Int]
  var reluOfProduct: [ObjectIdentifier: Node] = [:]
  var absorbed: Set<ObjectIdentifier> = []
  var chains: [Fusion.Chain] = []
  var chainOfNode: [ObjectIdentifier: Int] = [:]

  /// More nodes than this are cut into several chains, so that a program's slots suffice; a chain has no more row sums
  /// than nodes. With three operands a node that makes at most 81 slots.
  static let longestChain = 20

  init(_ nodes: [Node], outputs: Set<Tensor>) {
    self.nodes = nodes
    self.outputs = outputs
    var place: [ObjectIdentifier: Int] = [:]
    for (index, node) in nodes.enumerated() { place[ObjectIdentifier(node)] = index }
    var consumers = [[Int]](repeating: [], count: nodes.count)
    for (index, node) in nodes.enumerated() {
      for input in node.inputs {
        consumers[place[ObjectIdentifier(input.node), default: index]].append(index)
      }
    }
    self.place = place
    self.consumers = consumers
    stage = [Int](repeating: 0, count: nodes.count)
  }

  private func inputs(_ index: Int) -> [Int] {
    nodes[index].inputs.compactMap { place[ObjectIdentifier($0.node)] }
  }

  private func isElementwise(_ index: Int) -> Bool {
    let node = nodes[index]
    guard !absorbed.contains(ObjectIdentifier(node)) else { return false }
    return node.operation is Elementwise || node.operation is Expand
  }

  private func isOutput(_ index: Int) -> Bool { outputs.contains(Tensor(node: nodes[index])) }

  /// A product or convolution whose result is read by a rectifier alone applies it itself, at no cost.
  mutating func absorbRectifiers() {
    for (index, node) in nodes.enumerated() where node.operation as? Elementwise == .relu {
      guard let source = inputs(index).first, nodes[source].operation.rectifiesItself,
        node.inputs[0] == Tensor(node: nodes[source]),
        consumers[source].count(where: { nodes[$0].inputs.contains(node.inputs[0]) }) == 1,
        !isOutput(source)
      else { continue }
      reluOfProduct[ObjectIdentifier(nodes[source])] = node
      absorbed.insert(ObjectIdentifier(node))
    }
  }

  mutating func assignStages() {
    for index in nodes.indices { followInputs(index) }
  }

  /// Puts a node no earlier than its inputs allow.
  private mutating func followInputs(_ index: Int) {
    let isAbsorbed = absorbed.contains(ObjectIdentifier(nodes[index]))
    for input in inputs(index) {
      let joins = isAbsorbed || canShareChain(input, index)
      stage[index] = max(stage[index], stage[input] + (joins ? 0 : 1))
    }
  }

  private func canShareChain(_ a: Int, _ b: Int) -> Bool {
    isElementwise(a) && isElementwise(b) && nodes[a].shapes[0] == nodes[b].shapes[0]
  }

  /// Moves what is needed only later to where it is needed: recomputing a mask is cheaper than keeping it.
  mutating func sink() {
    for index in nodes.indices.reversed() where isElementwise(index) && !isOutput(index) {
      let readers = consumers[index]
      guard let earliest = readers.map({ stage[$0] }).min(), earliest > stage[index],
        readers.allSatisfy({ canShareChain(index, $0) })
      else { continue }
      stage[index] = earliest
    }
  }

  mutating func collectChains() {
    for index in nodes.indices {
      // A chain that was cut moved its rest to a later stage, and with it all that waits for the rest.
      followInputs(index)
      guard isElementwise(index) else { continue }
      let joinable = inputs(index).filter { canShareChain($0, index) && stage[$0] == stage[index] }
      let existing = Set(joinable.compactMap { chainOfNode[ObjectIdentifier(nodes[$0])] })
      join(index, to: existing.sorted())
    }
    for number in chains.indices { finish(number) }
  }

  /// Adds a node to the chains it connects, which become one while that is not too long; otherwise the node begins a chain
  /// of the next stage, because it waits for them.
  private mutating func join(_ index: Int, to existing: [Int]) {
    let node = nodes[index]
    let total = existing.reduce(1) { $0 + chains[$1].nodes.count }
    guard let first = existing.first, total <= Self.longestChain else {
      if !existing.isEmpty { stage[index] += 1 }
      chainOfNode[ObjectIdentifier(node)] = chains.count
      chains.append(.init(shape: node.shapes[0], nodes: [node], outputs: [], rowSums: []))
      return
    }
    for other in existing.dropFirst() {
      for member in chains[other].nodes { chainOfNode[ObjectIdentifier(member)] = first }
      chains[first].nodes += chains[other].nodes
      chains[other].nodes = []
    }
    let members = chains[first].nodes + [node]
    chains[first].nodes = members.sorted { order(of: $0) < order(of: $1) }
    chainOfNode[ObjectIdentifier(node)] = first
  }

  private func order(of node: Node) -> Int { place[ObjectIdentifier(node), default: 0] }

  /// Finds what leaves a chain, and the row sums that can be done inside.
  private mutating func finish(_ number: Int) {
    let chain = chains[number]
    var axis: Int?
    for node in chain.nodes {
      let index = order(of: node)
      var isNeeded = isOutput(index)
      for reader in consumers[index] {
        let other = nodes[reader]
        if chainOfNode[ObjectIdentifier(other)] == number { continue }
        if let sum = other.operation as? ReduceSum,
          let first = sum.firstTrailingAxis(of: chain.shape), axis == nil || axis == first,
          chains[number].rowSums.count < Self.longestChain
        {
          axis = first
          chains[number].rowSums.append(other)
          absorbed.insert(ObjectIdentifier(other))
        } else {
          isNeeded = true
        }
      }
      if isNeeded { chains[number].outputs.append(node) }
    }
  }
}
