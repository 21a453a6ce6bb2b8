import Foundation
internal import HDF5

/// A chain of Keras layers with their weights, in the HDF5 layout that `keras.models.load_model` opens.
struct KerasModel {
  let name: String
  let layers: [KerasLayer]

  /// The version of Keras whose layout it is.
  private static let version = "3.0.0"
  /// The backend the layout comes from; any other opens it too.
  private static let backend = "tensorflow"

  /// Writes the file, as a whole or not at all.
  ///
  /// - Throws: `EncodingError` or a `DatasetError`.
  func write(to path: String) throws {
    let configuration = try configuration()
    try OutputFile.replace(path) { temporary throws(DatasetError) in
      do throws(HDF5Error) {
        let file = try File.create(at: temporary)
        try file.root.writeAttribute(configuration, to: "model_config")
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
    try group.writeAttribute(layers.map(\.name), to: "layer_names")
    for layer in layers {
      let own = try group.createGroup(layer.name)
      let names = layer.weights.map { "\(layer.name)/\($0.name)" }
      try own.writeAttribute(names, to: "weight_names")
      for (name, weight) in zip(names, layer.weights) {
        try own.write(weight.value.scalars, shape: weight.value.shape.dimensions, to: name)
      }
    }
  }

  /// Keras' `model_config`.
  private func configuration() throws -> String {
    // One tensor, not a list of one: the model is called with an array.
    func end(_ layer: KerasLayer?) -> JSONValue {
      .array(layer.map { [.string($0.name), 0, 0] } ?? [])
    }
    let model = JSONValue.object([
      "class_name": "Functional",
      "config": .object([
        "name": .string(name), "trainable": true, "layers": .array(layers.map(\.json)),
        "input_layers": end(layers.first), "output_layers": end(layers.last),
      ]),
    ])
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(model), as: UTF8.self)
  }
}
