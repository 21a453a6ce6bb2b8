/// A value of an operator's attribute, as ONNX types them.
public enum Attribute: Hashable, Sendable {
  /// A whole number.
  case int(Int)
  /// A number.
  case float(Float)
  /// Whole numbers, such as axes.
  case ints([Int])
  /// A word, such as a direction.
  case string(String)
}

/// One entry of the operator vocabulary: everything the engine knows of an operation, in one place.
///
/// The graph of such operators is read four ways: differentiated (`gradients`), planned and run
/// (`lower`), stored, and exported (`name` and `attributes` are those of the ONNX operator set).
protocol Operator: Hashable {
  /// Name in the ONNX operator set.
  var name: String { get }
  /// Attributes under their ONNX names.
  var attributes: [String: Attribute] { get }
  /// The shapes of the outputs for inputs of the given shapes.
  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape]
  /// For each input the gradient, given that of each output; `nil` where none flows.
  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?]
  /// Whether its kernel can put a rectifier after itself at no cost; it then calls ``Lowering/defineProduct(_:as:)``.
  var rectifiesItself: Bool { get }
  /// Writes the node in the ONNX vocabulary; by default one operator of this name with these attributes.
  func export(_ node: Node, into graph: inout GraphWriter) throws(GraphError)
  /// Adds the kernels that compute the node to a plan.
  func lower(_ node: Node, into plan: inout Lowering) throws(TensorError)
}

extension Operator {
  var attributes: [String: Attribute] { [:] }
  var rectifiesItself: Bool { false }

  func export(_ node: Node, into graph: inout GraphWriter) throws(GraphError) {
    guard GraphVocabulary.contains(name) else {
      throw graph.reject(node, "the vocabulary of networks lacks it")
    }
    graph.add(node)
  }
}

/// An operator whose result stays the same when its operands move a little, or that has none: no gradient flows.
protocol FlatOperator: Operator {}

extension FlatOperator {
  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    Array(repeating: nil, count: node.inputs.count)
  }
}

/// An operator that has a gradient which nobody has written; asking for it is an error, where none would be a lie.
///
/// Most are gradients of other operators, so that only a loss made of gradients meets them.
protocol UndifferentiatedOperator: Operator {}

extension UndifferentiatedOperator {
  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    preconditionFailure("\(name) has no gradient; `gradients(of:withRespectTo:)` refuses it")
  }
}

/// Why operands do not fit; the recorder adds operation, layer and shapes.
struct ShapeFault: Error {
  let reason: String
}
