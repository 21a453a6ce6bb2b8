/// Translates a network of ONNX operators into a chain of Keras layers, as far as those say the same.
///
/// Keras computes images channels last: they are turned at the borders of the network, and where it numbers their elements.
struct KerasTranslation {
  private(set) var layers: [KerasLayer] = []
  private let network: GraphIndex
  private let weights: [String: NDArray]
  private let activations: [ComposedActivation]
  private var values: [String: KerasValue]
  private var names: Set<String>

  /// Prepares the translation of a function with one input.
  ///
  /// - Parameters:
  ///   - weights: the values of the weights the function names.
  ///   - input: what the function is applied to.
  ///   - names: names that layers have already.
  /// - Throws: whatever tracing the activations throws.
  init(
    _ function: GraphFunction, weights: [String: NDArray], of input: KerasValue,
    beside names: Set<String>
  ) throws {
    network = GraphIndex(function)
    self.weights = weights
    self.names = names
    activations = try ComposedActivation.all()
    values = [function.inputs.first?.name ?? "": input]
  }

  /// Translates what a value is made of, and the value itself.
  ///
  /// - Throws: ``ExchangeError/notInKeras(operation:layer:reason:)``.
  mutating func value(_ name: String) throws(ExchangeError) -> KerasValue {
    if let value = values[name] { return value }
    guard let node = network.producers[name] else {
      throw .notInKeras(operation: "an input", layer: name, reason: "it is no result of a layer")
    }
    let found = try composed(name, node)
    let value: KerasValue
    if let found { value = found } else { value = try translated(node) }
    values[name] = value
    return value
  }

  /// The same value as Keras' users expect it, images channels first as in our networks.
  mutating func channelsFirst(_ value: KerasValue) -> KerasValue {
    guard value.isChannelsLast else { return value }
    let turned = append("Permute", "channels_first", ["dims": [3, 1, 2]], to: value)
    return KerasValue(layer: turned, shape: value.shape)
  }

  /// The same image as Keras computes with it.
  mutating func channelsLast(_ value: KerasValue) -> KerasValue {
    guard !value.isChannelsLast else { return value }
    let turned = append("Permute", "channels_last", ["dims": [2, 3, 1]], to: value)
    return KerasValue(layer: turned, shape: value.shape, isChannelsLast: true)
  }

  /// Appends a layer and gives its name.
  mutating func append(
    _ className: String, _ name: String, _ settings: [String: JSONValue], to value: KerasValue,
    weights: [(name: String, value: NDArray)] = []
  ) -> String {
    let name = unique(name.isEmpty ? className.lowercased() : name)
    layers.append(
      KerasLayer(
        className: className, name: name, settings: settings, input: value.layer, weights: weights))
    return name
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

  private mutating func composed(
    _ name: String, _ node: GraphNode
  ) throws(ExchangeError) -> KerasValue? {
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

  /// Appends a layer that leaves shape and order as they are.
  mutating func append(
    activation className: String, _ settings: [String: JSONValue], of value: KerasValue,
    _ node: GraphNode
  ) -> KerasValue {
    var word = className.lowercased()
    if case .string(let name)? = settings["activation"] { word = name }
    let name = node.name.isEmpty ? word : "\(node.name)_\(word)"
    var result = KerasValue(
      layer: append(className, name, settings, to: value), shape: value.shape)
    result.isChannelsLast = value.isChannelsLast
    return result
  }

  // MARK: Operands

  /// A weight or fixed numbers.
  func constant(_ name: String) -> NDArray? {
    if let weight = weights[name] { return weight }
    guard let fixed = network.initializers[name], case .floats(let values) = fixed.elements else {
      return nil
    }
    return NDArray(values, shape: Shape(fixed.shape))
  }

  /// A list of extents, `nil` for the batch's.
  func extents(_ name: String) -> [Int?]? {
    if let fixed = network.initializers[name] {
      guard case .integers(let values) = fixed.elements else { return nil }
      return values
    }
    guard let node = network.producers[name] else { return nil }
    switch node.op {
    case "Shape" where node.attributes["end"] == .int(1): return [nil]
    case "Concat":
      var joined: [Int?] = []
      for input in node.inputs {
        guard let part = extents(input) else { return nil }
        joined += part
      }
      return joined
    default: return nil
    }
  }

  /// The error that says why a node cannot be translated.
  func reject(_ node: GraphNode, _ reason: String) -> ExchangeError {
    .notInKeras(operation: node.op, layer: node.name, reason: reason)
  }
}
