/// The matrix product `op(A) · op(B) + C`, where `op` may transpose; `C` is a row added to each row.
struct Gemm: Operator {
  var transA = false
  var transB = false

  var name: String { "Gemm" }
  var attributes: [String: Attribute] {
    ["transA": .int(transA ? 1 : 0), "transB": .int(transB ? 1 : 0)]
  }

  var rectifiesItself: Bool { true }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] {
    let (a, b) = (inputs[0], inputs[1])
    guard a.rank == 2, b.rank == 2 else { throw ShapeFault(reason: "both must be matrices") }
    let (rows, inner) = transA ? (a[1], a[0]) : (a[0], a[1])
    let (otherInner, columns) = transB ? (b[1], b[0]) : (b[0], b[1])
    guard inner == otherInner else {
      throw ShapeFault(reason: "the inner extents are \(inner) and \(otherInner)")
    }
    if inputs.count == 3, inputs[2] != [columns] {
      throw ShapeFault(reason: "the bias has shape \(inputs[2]), not [\(columns)]")
    }
    return [[rows, columns]]
  }

  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    guard let g = upstream[0] else { return [] }
    let (a, b) = (node.inputs[0], node.inputs[1])
    let ofA =
      transA
      ? Tensor(Gemm(transA: transB, transB: true), b, g)
      : Tensor(Gemm(transA: false, transB: !transB), g, b)
    let ofB =
      transB
      ? Tensor(Gemm(transA: true, transB: transA), g, a)
      : Tensor(Gemm(transA: !transA, transB: false), a, g)
    return node.inputs.count == 3 ? [ofA, ofB, g.sum(axes: 0..<1)] : [ofA, ofB]
  }

  func lower(_ node: Node, into plan: inout Lowering) throws(TensorError) {
    let operands = node.inputs.map { plan.value($0) }
    let (result, hasRelu) = plan.defineProduct(node)
    plan.add(
      ProductKernel(
        a: .init(value: operands[0], shape: node.inputs[0].shape, isTransposed: transA),
        b: .init(value: operands[1], shape: node.inputs[1].shape, isTransposed: transB),
        bias: operands.count == 3 ? operands[2] : nil, result: result, hasRelu: hasRelu))
  }
}

extension Tensor {
  /// The matrix product of `[M, K]` and `[K, N]`, where either may be stored transposed.
  ///
  /// - Parameters:
  ///   - a: `[M, K]`
  ///   - b: `[K, N]`
  ///   - transposingFirst: whether `a` is stored as `[K, M]`.
  ///   - transposingSecond: whether `b` is stored as `[N, K]`.
  ///   - bias: added to each row, `[N]`.
  /// - Returns: `[M, N]`.
  public static func product(
    _ a: Tensor, _ b: Tensor, transposingFirst: Bool = false, transposingSecond: Bool = false,
    bias: Tensor? = nil
  ) -> Tensor {
    let gemm = Gemm(transA: transposingFirst, transB: transposingSecond)
    return Tensor(gemm, of: bias.map { [a, b, $0] } ?? [a, b])
  }
}
