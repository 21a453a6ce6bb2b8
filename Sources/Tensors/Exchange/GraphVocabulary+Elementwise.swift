extension GraphVocabulary {
  /// All numbers are float32 here; truth values are 0 and 1, and whole numbers are taken to be whole.
  static func cast(_ node: NodeReader) throws(GraphError) -> Tensor {
    let x = try node.tensor(0)
    switch try node.int("to") {
    case GraphType.bool.onnxCode: return x.notEqual(to: 0)
    case GraphType.float32.onnxCode, GraphType.int64.onnxCode, GraphType.int32.onnxCode:
      return x
    case let type: throw node.malformed("the type \(type) is not known here")
    }
  }
}

extension GraphVocabulary {
  /// Fresh numbers at each run; `seed` names the stream.
  static func random(
    _ node: NodeReader, _ operation: GraphVocabulary
  ) throws(GraphError) -> Tensor {
    let (shape, seed) = (try node.tensor(0).shape, try node.float("seed", default: 0))
    guard (0..<16_777_216).contains(seed), try node.float("low", default: 0) == 0,
      try node.float("high", default: 1) == 1, try node.float("mean", default: 0) == 0,
      try node.float("scale", default: 1) == 1
    else { throw node.malformed("its seed or its range is not known here") }
    var random = RandomSource(seed: UInt64(seed))
    return operation == .randomNormalLike
      ? .normal(shape, using: &random) : .uniform(shape, using: &random)
  }
}

extension Elementwise {
  /// Number of operands.
  var operandCount: Int {
    switch self {
    case .negate, .absolute, .exponential, .logarithm, .squareRoot, .reciprocal, .sigmoid, .tanh,
      .softplus, .errorFunction, .sine, .cosine, .relu, .sign, .not:
      1
    case .select: 3
    default: 2
    }
  }
}
