/// How much of damaged examples a model repairs.
public struct Restoration: Codable, Hashable, Sendable {
  /// What was done to the examples.
  public var corruption: Corruption
  /// Mean over the examples of the squared error of the damaged ones, summed over elements.
  public var damage: Double
  /// Mean over the examples of the squared error of what comes back of the damaged ones, against the undamaged, summed over
  /// elements.
  public var squaredError: Double
}

extension Model {
  /// Measures how much of damaged examples the model repairs; see ``Evaluator/restoration(of:on:indices:seed:)``.
  ///
  /// - Throws: ``ModelError``, ``TrainingError/noExamples(data:)`` or a `TensorError`.
  public func restoration(
    of corruption: Corruption, on dataset: Dataset, indices: [Int]? = nil, seed: UInt64
  ) throws -> Restoration {
    func restoration<Family: ModelFamily>(_ family: Family) throws -> Restoration {
      try Evaluator(family, data: dataShape, on: engine)
        .restoration(of: corruption, on: dataset, indices: indices, seed: seed)
    }
    return try restoration(try installedFamily())
  }
}

extension Corruption {
  /// Checks that it can be done to data of a kind.
  ///
  /// - Throws: ``ModelError/cannotCorrupt(by:data:)``.
  public func check(_ data: DataSignature) throws(ModelError) {
    guard kind != .none else { return }
    if data.isTokens || kind == .squares && !data.shape.isImage {
      throw .cannotCorrupt(by: kind, data: data)
    }
  }

  /// Damaged copies of examples `[N, ...]`; the same seed damages the same way.
  ///
  /// - Throws: a `TensorError`.
  public func applied(
    to examples: NDArray, seed: UInt64, on engine: Engine = .shared
  ) throws -> NDArray {
    let damage = CompiledFunction(on: engine) { inputs in
      var pass = Pass.evaluation()
      return [self(inputs[0], using: &pass)]
    }
    var scalars: [Float] = []
    let count = examples.shape[0]
    for start in stride(from: 0, to: count, by: 500) {
      let block = examples.rows(start..<min(start + 500, count))
      scalars += try damage([block], seed: seed, step: UInt64(start))[0].scalars
    }
    return NDArray(scalars, shape: examples.shape)
  }
}
