/// A layer of a Keras model: its class, its settings, where its input comes from, and its weights in Keras' order.
struct KerasLayer {
  /// Keras' name of the class, such as `Dense`.
  let className: String
  /// Its name in the model, without a slash.
  let name: String
  /// Arguments of the class.
  let settings: [String: JSONValue]
  /// The layer whose output it takes; `nil` for an input.
  let input: String?
  /// Keras' names, such as `kernel`, and values.
  let weights: [(name: String, value: NDArray)]

  /// The layer as Keras' own `model_config` tells it.
  var json: JSONValue {
    let inbound: [JSONValue] =
      input.map { name in
        [.array([.array([.string(name), 0, 0, .object([:])])])]
      } ?? []
    return .object([
      "class_name": .string(className), "name": .string(name),
      "config": .object(settings.merging(["name": .string(name)]) { $1 }),
      "inbound_nodes": .array(inbound),
    ])
  }
}
