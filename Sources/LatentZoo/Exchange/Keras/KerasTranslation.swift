/// Translates a network of ONNX operators into Keras layers, as far as those say the same.
///
/// Keras computes images channels last: they are turned at the borders of the network, and where it numbers their elements.
struct KerasTranslation {
  private(set) var layers: [KerasLayer] = []
  let network: GraphIndex
  private let constants: NetworkConstants
  private let activations: [ComposedActivation]
  private var values: [String: KerasValue]
  private var names: Set<String>

  /// Prepares the translation of a function.
  ///
  /// - Parameters:
  ///   - weights: the values of the weights the function names.
  ///   - inputs: what the function is applied to, by the names of its inputs.
  ///   - names: names that layers have already.
  /// - Throws: whatever tracing the activations throws.
  init(
    _ function: GraphFunction, weights: [String: NDArray], of inputs: [String: KerasValue],
    beside names: Set<String>
  ) throws {
    network = GraphIndex(function)
    constants = try NetworkConstants(function, weights: weights)
    activations = try ComposedActivation.all()
    values = inputs
    self.names = names
  }

  /// Translates what a value is made of, and the value itself.
  ///
  /// - Throws: ``ExchangeError/notInKeras(operation:layer:reason:)``, or what the engine says of a constant.
  mutating func value(_ name: String) throws -> KerasValue {
    if let value = values[name] { return value }
    guard let node = network.producers[name] else {
      throw ExchangeError.notInKeras(
        operation: "an input", layer: name, reason: "it is no result of a layer")
    }
    let found = try composed(name, node)
    let value: KerasValue
    if let found { value = found } else { value = try translated(node, giving: name) }
    values[name] = value
    return value
  }

  /// Weights, fixed numbers, and what is computed of these alone; `nil` for a value that depends on an input.
  ///
  /// - Throws: what the engine says.
  func constant(_ name: String) throws -> NDArray? { try constants.value(name) }

  /// Appends a layer and gives its name.
  ///
  /// - Parameter name: as in our network; empty for one named after its class.
  mutating func append(
    _ className: String, _ name: String, _ settings: [String: JSONValue],
    to inputs: [KerasValue], weights: [(name: String, value: NDArray)] = []
  ) -> String {
    let name = unique(name.isEmpty ? className.lowercased() : name)
    layers.append(
      KerasLayer(
        className: className, name: name, settings: settings, inputs: inputs.map(\.layer),
        weights: weights))
    return name
  }

  /// Appends a layer to one value and gives its name.
  mutating func append(
    _ className: String, _ name: String, _ settings: [String: JSONValue], to input: KerasValue,
    weights: [(name: String, value: NDArray)] = []
  ) -> String {
    append(className, name, settings, to: [input], weights: weights)
  }

  /// Appends a layer that leaves shape and order as they are.
  mutating func append(
    activation className: String, _ settings: [String: JSONValue], of value: KerasValue,
    _ node: GraphNode
  ) -> KerasValue {
    var word = className.lowercased()
    if case .string(let name)? = settings["activation"] { word = name }
    let name = node.name.isEmpty ? word : "\(node.name)_\(word)"
    let layer = append(className, name, settings, to: value)
    return KerasValue(layer: layer, shape: value.shape, isChannelsLast: value.isChannelsLast)
  }

  private mutating func unique(_ name: String) -> String {
    let plain = name.replacing("/", with: "_")
    var (chosen, number) = (plain, 1)
    while !names.insert(chosen).inserted {
      chosen = "\(plain)_\(number)"
      number += 1
    }
    return chosen
  }

  /// A value that an activation of several operators gives; `nil` for any other.
  private mutating func composed(_ name: String, _ node: GraphNode) throws -> KerasValue? {
    for composed in activations {
      guard let operand = composed.operand(of: name, in: network) else { continue }
      let value = try value(operand)
      switch composed.activation {
      case .leakyRelu:
        return append(activation: "LeakyReLU", ["negative_slope": 0.01], of: value, node)
      default:
        let name = JSONValue.string(composed.activation.rawValue)
        return append(activation: "Activation", ["activation": name], of: value, node)
      }
    }
    return nil
  }

  /// The error that says why a node cannot be translated.
  func rejection(of node: GraphNode, _ reason: String) -> ExchangeError {
    .notInKeras(operation: node.op, layer: node.name, reason: reason)
  }
}
