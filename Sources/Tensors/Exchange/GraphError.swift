/// Why a network cannot be told in operators of the ONNX vocabulary, or a network told so cannot be run.
public enum GraphError: Error, Hashable, Sendable {
  /// The vocabulary lacks an operator, or says it in a way the tracer does not know.
  case notTraceable(operation: String, layer: String?, reason: String)
  /// A node applies an operator that is not known here.
  case unknownOperator(String, node: String)
  /// A node reads something that no earlier node gives.
  case unknownValue(String, node: String)
  /// Two values have one name.
  case repeatedName(String)
  /// The operands or attributes of a node make no sense.
  case malformed(node: String, reason: String)
  /// A run was given other inputs or weights than the function names.
  case wrongInputs(reason: String)
  /// A value would take more memory than is sensible.
  case tooLarge(node: String, elements: Int)
}

extension GraphError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notTraceable(let operation, let layer, let reason):
      let place = layer.map { "layer \"\($0)\": " } ?? ""
      return "\(place)\(operation) cannot be written as ONNX operators: \(reason)"
    case .unknownOperator(let op, let node):
      return
        "\(node) applies \"\(op)\", which is not among the operators of a checkpoint; "
        + "a newer latentzoo may know it"
    case .unknownValue(let name, let node):
      return "\(node) reads \"\(name)\", which no input, weight or earlier node gives"
    case .repeatedName(let name):
      return "the name \"\(name)\" is given twice"
    case .malformed(let node, let reason):
      return "\(node) makes no sense: \(reason)"
    case .wrongInputs(let reason):
      return reason
    case .tooLarge(let node, let elements):
      return "\(node) would hold \(elements) numbers; use a smaller batch"
    }
  }
}
