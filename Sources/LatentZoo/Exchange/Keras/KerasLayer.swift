/// A layer of a Keras model: its class, its settings, where its inputs come from, and its weights in Keras' order.
struct KerasLayer {
  /// Keras' name of the class, such as `Dense`.
  let className: String
  /// Its name in the model, without a slash.
  let name: String
  /// Arguments of the class.
  let settings: [String: JSONValue]
  /// The layers whose outputs it takes; none for an input.
  let inputs: [String]
  /// Keras' names, such as `kernel`, and values.
  let weights: [(name: String, value: NDArray)]

  /// The layer as Keras' own `model_config` tells it.
  var json: JSONValue {
    let call = inputs.map { JSONValue.array([.string($0), 0, 0, .object([:])]) }
    return .object([
      "class_name": .string(className), "name": .string(name),
      "config": .object(settings.merging(["name": .string(name)]) { $1 }),
      "inbound_nodes": .array(call.isEmpty ? [] : [.array(call)]),
    ])
  }
}
