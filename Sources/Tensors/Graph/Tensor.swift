/// A symbolic n-dimensional array of float32: a place in a recorded graph.
///
/// Calling operators and layers on tensors computes nothing; it records a graph, which is then
/// differentiated (``gradients(of:withRespectTo:)``), planned and run (``Plan``). Shapes are known
/// while recording. Operands that do not fit give a tensor that carries the mistake (``fault``), and
/// making a plan of it throws that mistake with the layer's name and the shapes.
///
/// Functions of single elements keep the shape; two operands broadcast under NumPy's rule, and a truth value is 1 or 0. Axes
/// are counted from 0, negative ones from the end.
public struct Tensor {
  let node: Node
  let output: Int

  init(node: Node, output: Int = 0) {
    self.node = node
    self.output = output
  }

  /// Records an operator that has one output.
  init(_ operation: some Operator, _ inputs: Tensor...) {
    self.init(node: Node(operation, inputs))
  }

  /// Records an operator that has one output.
  init(_ operation: some Operator, of inputs: [Tensor]) {
    self.init(node: Node(operation, inputs))
  }

  /// The tensor's extents.
  public var shape: Shape {
    // A mistaken node has one shape, whatever it would have given.
    node.shapes[min(output, node.shapes.count - 1)]
  }

  /// The first mistake made while recording, if there was one.
  public var fault: TensorError? { node.fault }
}

extension Tensor: Hashable {
  /// Two tensors are equal when they are the same output of the same recorded node.
  public static func == (left: Tensor, right: Tensor) -> Bool {
    left.node === right.node && left.output == right.output
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(node))
    hasher.combine(output)
  }
}
