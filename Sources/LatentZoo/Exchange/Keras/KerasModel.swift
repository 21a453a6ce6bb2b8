import Foundation
internal import HDF5

/// Keras layers with their weights, in the HDF5 layout that `keras.models.load_model` opens.
struct KerasModel {
  let name: String
  /// In Keras' order, which is that of the weights.
  let layers: [KerasLayer]
  /// The layers that take what the model is given, in its order.
  private let inputs: [String]
  /// The layers that give what the model gives, in its order.
  private let outputs: [String]

  /// Joins layers, each of which stands behind its inputs.
  init(name: String, layers: [KerasLayer], outputs: [String]) {
    let order = KerasLayerOrder(layers, endingAt: outputs)
    (self.name, self.outputs) = (name, outputs)
    inputs = layers.filter(\.inputs.isEmpty).map(\.name)
    self.layers = layers.sorted { order.precedes($0, $1) }
  }

  /// The version of Keras whose layout it is.
  private static let version = "3.0.0"
  /// The backend the layout comes from; any other opens it too.
  private static let backend = "tensorflow"
  /// The most bytes of names in one attribute, as Keras splits them.
  private static let attributeSize = 64_000

  /// Writes the file, as a whole or not at all.
  ///
  /// - Throws: `EncodingError` or a `DatasetError`.
  func write(to path: String) throws {
    let configuration = try configuration()
    try OutputFile.replace(path) { temporary throws(DatasetError) in
      do throws(HDF5Error) {
        let file = try File.create(at: temporary)
        try file.root.writeLongAttribute(configuration, to: "model_config")
        try describe(file.root)
        try writeWeights(to: try file.root.createGroup("model_weights"))
        try file.close()
      } catch {
        throw DatasetError.unwritable(
          path: path, reason: error.description.replacing(temporary, with: path))
      }
    }
  }

  private func describe(_ group: Group) throws(HDF5Error) {
    try group.writeAttribute(Self.version, to: "keras_version")
    try group.writeAttribute(Self.backend, to: "backend")
  }

  /// One group a layer, in which Keras looks for the weights by the names it finds beside them.
  private func writeWeights(to group: Group) throws(HDF5Error) {
    try describe(group)
    try write(layers.map(\.name), to: "layer_names", of: group)
    for layer in layers {
      let own = try group.createGroup(layer.name)
      let names = layer.weights.map { "\(layer.name)/\($0.name)" }
      try own.writeAttribute(names, to: "weight_names")
      for (name, weight) in zip(names, layer.weights) {
        try own.write(weight.value.scalars, shape: weight.value.shape.dimensions, to: name)
      }
    }
  }

  /// Attaches names, in parts where they are more than an attribute holds: `layer_names0`, `layer_names1`, ….
  private func write(
    _ names: [String], to attribute: String, of group: Group
  ) throws(HDF5Error) {
    let width = names.map(\.utf8.count).max() ?? 1
    let count = max(Self.attributeSize / max(width, 1), 1)
    guard names.count > count else { return try group.writeAttribute(names, to: attribute) }
    for (part, start) in stride(from: 0, to: names.count, by: count).enumerated() {
      try group.writeAttribute(
        Array(names[start..<min(start + count, names.count)]), to: "\(attribute)\(part)")
    }
  }

  /// Keras' `model_config`.
  private func configuration() throws -> String {
    // One tensor, not a list of one: the model is called with an array.
    func ends(_ names: [String]) -> JSONValue {
      let ends = names.map { JSONValue.array([.string($0), 0, 0]) }
      return ends.count == 1 ? ends[0] : .array(ends)
    }
    let model = JSONValue.object([
      "class_name": "Functional",
      "config": .object([
        "name": .string(name), "trainable": true, "layers": .array(layers.map(\.json)),
        "input_layers": ends(inputs), "output_layers": ends(outputs),
      ]),
    ])
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(model), as: UTF8.self)
  }
}
