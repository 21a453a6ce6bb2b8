extension ModelExporter {
  /// Writes networks as one Keras model that `keras.models.load_model` opens: dense and convolutional ones.
  ///
  /// Inputs and outputs have our order, images channels first.
  ///
  /// - Parameters:
  ///   - parts: applied one to the other's result; all for the whole autoencoder.
  ///   - path: the `.h5` file, which is replaced.
  /// - Throws: ``ExchangeError``, `DatasetError`, ``CheckpointError`` or what HDF5 says; a file that is there stays as it
  ///   was.
  public func writeKeras(_ parts: [NetworkPart], to path: String) throws {
    var layers: [KerasLayer] = []
    var value: KerasValue?
    for part in parts {
      let function = try function(part)
      let input = try value ?? Self.input(of: function, appendingTo: &layers)
      var translation = try KerasTranslation(
        function, weights: try weights(named: function.weights.map(\.name)), of: input,
        beside: Set(layers.map(\.name)))
      let result = try translation.value(function.outputs.first?.name ?? "")
      value = translation.channelsFirst(result)
      layers += translation.layers
    }
    try KerasModel(name: record.name, layers: layers).write(to: path)
  }

  /// Appends the layer that stands for the input of a network.
  private static func input(
    of function: GraphFunction, appendingTo layers: inout [KerasLayer]
  ) throws(ExchangeError) -> KerasValue {
    guard function.inputs.count == 1, let input = function.inputs.first else {
      throw .notInKeras(
        operation: "the encoder", layer: "", reason: "it takes labels beside the examples")
    }
    let shape = input.shape.dropFirst().map { $0.resolved(batchSize: 1) }
    let extents = [JSONValue.null] + shape.map { .integer($0) }
    layers.append(
      KerasLayer(
        className: "InputLayer", name: input.name,
        settings: ["batch_shape": .array(extents), "dtype": "float32"], input: nil, weights: []))
    return KerasValue(layer: input.name, shape: shape)
  }
}
