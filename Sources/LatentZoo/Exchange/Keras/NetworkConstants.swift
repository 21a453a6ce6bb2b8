/// The numbers in a network that depend on no input: weights, fixed values, and what is computed of these alone.
struct NetworkConstants {
  private let numbers: [String: NDArray]
  private let tensors: [String: Tensor]

  /// Records what a function computes of its weights.
  ///
  /// - Throws: `GraphError`.
  init(_ function: GraphFunction, weights: [String: NDArray]) throws {
    var numbers = weights
    for fixed in function.initializers {
      guard case .floats(let values) = fixed.elements else { continue }
      numbers[fixed.name] = NDArray(values, shape: Shape(fixed.shape))
    }
    self.numbers = numbers
    tensors = try function.recordedConstants(weights: weights.mapValues { Tensor($0) })
  }

  /// The number of a name; `nil` for one that depends on an input, and for lists of extents.
  ///
  /// - Throws: `TensorError`.
  func value(_ name: String) throws -> NDArray? {
    if let known = numbers[name] { return known }
    return try tensors[name]?.evaluated()
  }
}
