extension ModelExporter {
  /// Writes networks as one Keras model that `keras.models.load_model` opens, made of Keras' own layers: dense, convolutional,
  /// residual and linear ones.
  ///
  /// Inputs and outputs have our order, images channels first; a network that takes labels has an input `labels`, `[N]`, of
  /// classes from 0.
  ///
  /// - Parameters:
  ///   - parts: applied one to the first result of the other; encoder and decoder for the whole autoencoder.
  ///   - path: the `.h5` file, which is replaced.
  /// - Throws: ``ExchangeError``, `DatasetError`, ``CheckpointError`` or what HDF5 says; a file that is there stays as it
  ///   was.
  public func writeKeras(_ parts: [NetworkPart], to path: String) throws {
    var layers: [KerasLayer] = []
    var results: [KerasValue] = []
    for part in parts {
      let function = try function(part)
      var inputs: [String: KerasValue] = [:]
      for (place, input) in function.inputs.enumerated() {
        let former = place == 0 ? results.first : nil
        inputs[input.name] = former ?? Self.value(of: input, appendingTo: &layers)
      }
      var translation = try KerasTranslation(
        function, weights: try weights(named: function.weights.map(\.name)), of: inputs,
        beside: Set(layers.map(\.name)))
      results = []
      for output in function.outputs {
        let value = try translation.value(output.name)
        results.append(translation.channelsFirst(value))
      }
      layers += translation.layers
    }
    try KerasModel(name: record.name, layers: layers, outputs: results.map(\.layer))
      .write(to: path)
  }

  /// Appends the layer that stands for an input of a network; classes are whole numbers.
  private static func value(
    of input: GraphValue, appendingTo layers: inout [KerasLayer]
  ) -> KerasValue {
    let shape = input.shape.dropFirst().map { $0.resolved(batchSize: 1) }
    let extents = [JSONValue.null] + shape.map { .integer($0) }
    let type = input.name == "labels" ? GraphType.int32 : .float32
    layers.append(
      KerasLayer(
        className: "InputLayer", name: input.name,
        settings: ["batch_shape": .array(extents), "dtype": .string(type.rawValue)], inputs: [],
        weights: []))
    return KerasValue(layer: input.name, shape: shape)
  }
}
