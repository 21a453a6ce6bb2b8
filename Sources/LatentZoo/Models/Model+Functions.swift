extension Model {
  /// Runs a function of the model's graph by name, such as `posterior` of a variational autoencoder or `discriminator` of an
  /// adversarial one.
  ///
  /// All rows are computed together.
  ///
  /// - Parameters:
  ///   - name: one of ``graph``'s functions.
  ///   - inputs: by name, each with a row for every example.
  /// - Returns: what the function gives, by name.
  /// - Throws: ``ModelError/noFunction(model:name:known:)``, ``ModelError/functionNeeds(model:name:inputs:)``,
  ///   ``ModelError/notFinite(model:what:row:)``, or a `GraphError` where shapes do not fit.
  public func run(_ name: String, on inputs: [String: NDArray]) throws -> [String: NDArray] {
    let functions = graph.functions
    guard let function = functions[name] else {
      throw ModelError.noFunction(
        model: record.name, name: name, known: functions.keys.sorted())
    }
    let given = function.inputs.compactMap { inputs[$0.name] }
    guard given.count == function.inputs.count, inputs.count == given.count else {
      throw ModelError.functionNeeds(
        model: record.name, name: name, inputs: function.inputs.map(\.text))
    }
    for (value, array) in zip(function.inputs, given) { try checkFinite(array, value.name) }
    let weights = Dictionary(namedParameters.map { ($0.path, $0.parameter.tensor) }) { $1 }
    let results = try Tensor.evaluated(
      try function.recorded(given.map { Tensor($0) }, weights: weights), on: engine)
    return Dictionary(zip(function.outputs.map(\.name), results)) { $1 }
  }
}
