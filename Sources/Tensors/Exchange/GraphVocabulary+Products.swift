extension GraphVocabulary {
  static func gemm(_ node: NodeReader) throws(GraphError) -> Tensor {
    let operands = try node.tensors(2...3)
    let (alpha, beta) = (try node.float("alpha", default: 1), try node.float("beta", default: 1))
    guard alpha == 1, beta == 1 else { throw node.malformed("it has a factor alpha or beta") }
    let (a, b) = (try node.int("transA", default: 0), try node.int("transB", default: 0))
    let product = Tensor(
      Gemm(transA: a != 0, transB: b != 0),
      of: operands.count == 3 && operands[2].shape.rank == 1
        ? operands : Array(operands.prefix(2)))
    guard operands.count == 3, operands[2].shape.rank != 1 else { return product }
    return product + operands[2]
  }

  static func normalizeBatch(
    _ node: NodeReader
  ) throws(GraphError) -> Tensor {
    let operands = try node.tensors(5...5)
    guard try node.int("training_mode", default: 0) == 0, operands[0].shape.rank > 1 else {
      throw node.malformed("it is for training, or its input has no channels")
    }
    let epsilon = try node.float("epsilon", default: 1e-5)
    return Tensor(BatchNormalization(epsilon: epsilon), of: operands)
  }

  static func normalizeGroups(
    _ node: NodeReader
  ) throws(GraphError) -> Tensor {
    let operands = try node.tensors(3...3)
    guard operands[0].shape.rank > 1 else { throw node.malformed("its input has no channels") }
    let operation = GroupNormalization(
      groups: try node.int("num_groups"), epsilon: try node.float("epsilon", default: 1e-5))
    return Tensor(operation, of: operands)
  }

  static func normalizeLayer(
    _ node: NodeReader
  ) throws(GraphError) -> Tensor {
    let operands = try node.tensors(3...3)
    let axis = try node.axis(try node.int("axis", default: -1), of: operands[0].shape.rank)
    let operation = LayerNormalization(
      axis: axis, epsilon: try node.float("epsilon", default: 1e-5))
    return Tensor(operation, of: operands)
  }
}
