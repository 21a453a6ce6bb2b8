/// A value that each run is given.
struct InputLeaf: FlatOperator {
  let shape: Shape
  var name: String { "Input" }
  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] { [shape] }
  func lower(_ node: Node, into plan: inout Lowering) throws(TensorError) {
    try plan.addInput(node)
  }
  func export(_ node: Node, into graph: inout GraphWriter) throws(GraphError) {
    guard !graph.name(of: Tensor(node: node)).isEmpty else {
      throw graph.reject(node, "it reads an input that has no name")
    }
  }
}

/// A value that is part of the graph.
struct ConstantLeaf: FlatOperator {
  let value: NDArray
  var name: String { "Constant" }
  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] { [value.shape] }
  func lower(_ node: Node, into plan: inout Lowering) { plan.addConstant(node, value) }
  func export(_ node: Node, into graph: inout GraphWriter) throws(GraphError) {
    try graph.addConstant(node, value)
  }
}

/// The present value of a parameter.
struct ParameterLeaf: FlatOperator {
  let parameter: Parameter
  var name: String { "Parameter" }
  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] { [parameter.shape] }
  func lower(_ node: Node, into plan: inout Lowering) { plan.addParameter(node, parameter) }
  func export(_ node: Node, into graph: inout GraphWriter) throws(GraphError) {
    try graph.addWeight(node, parameter)
  }
}

extension Tensor {
  /// A place for values that each run of a plan is given.
  public static func input(_ shape: Shape) -> Tensor {
    Tensor(InputLeaf(shape: shape))
  }

  /// A fixed value.
  public init(_ value: NDArray) {
    self.init(ConstantLeaf(value: value))
  }

  /// A fixed number, of shape `[]`.
  public init(_ scalar: Float) {
    self.init(NDArray(scalar))
  }

  /// The fixed number this tensor is, if it is one.
  var constantScalar: Float? {
    guard let leaf = node.operation as? ConstantLeaf, leaf.value.scalars.count == 1 else {
      return nil
    }
    return leaf.value.scalars[0]
  }
}

extension Tensor: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  public init(floatLiteral value: Float) { self.init(value) }
  public init(integerLiteral value: Int) { self.init(Float(value)) }
}
