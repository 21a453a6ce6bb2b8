/// An activation that is recorded as several operators, to be found again in a network.
struct ComposedActivation {
  let activation: Activation
  /// What recording it gives, from `x` to `y`.
  private let pattern: GraphFunction

  /// The activations that are composed, those that contain others first.
  ///
  /// - Throws: whatever tracing throws.
  static func all() throws -> [ComposedActivation] {
    try [Activation.selu, .gelu, .elu, .leakyRelu, .silu].map(ComposedActivation.init)
  }

  private init(_ activation: Activation) throws {
    self.activation = activation
    pattern = try GraphFunction(
      tracing: [GraphValue(name: "x", shape: [.batch, .fixed(3)])], to: ["y"]
    ) { [activation($0[0])] }
  }

  /// The value that the activation is applied to where a value of a network is its result.
  func operand(of result: String, in network: GraphIndex) -> String? {
    let own = GraphIndex(pattern)
    var operand: String?
    func matches(_ place: String, _ found: String) -> Bool {
      if place == "x" {
        operand = operand ?? found
        return operand == found
      }
      if let constant = own.initializers[place] {
        guard let other = network.initializers[found] else { return false }
        return constant.type == other.type && constant.shape == other.shape
          && constant.elements == other.elements
      }
      guard let node = own.producers[place], let other = network.producers[found],
        node.op == other.op, node.attributes == other.attributes,
        node.inputs.count == other.inputs.count
      else { return false }
      return zip(node.inputs, other.inputs).allSatisfy { matches($0, $1) }
    }
    return matches("y", result) ? operand : nil
  }
}

/// Who makes which value in a network.
struct GraphIndex {
  /// The node of each result.
  let producers: [String: GraphNode]
  /// The fixed values.
  let initializers: [String: GraphInitializer]

  init(_ function: GraphFunction) {
    producers = Dictionary(
      function.nodes.flatMap { node in node.outputs.map { ($0, node) } }, uniquingKeysWith: { $1 })
    initializers = Dictionary(
      function.initializers.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
  }
}
