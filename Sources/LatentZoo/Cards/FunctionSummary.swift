/// A network as its graph tells it: what goes in, what comes out, and of which operators it consists.
public struct FunctionSummary: Codable, Hashable, Sendable {
  /// Its name, such as `encoder`.
  public let name: String
  /// What it takes, such as `x [N, 1, 8, 8]`.
  public let inputs: [String]
  /// What it gives.
  public let outputs: [String]
  /// Number of operators of each kind of the ONNX vocabulary.
  public let operators: [String: Int]

  /// Sums up a function.
  public init(_ name: String, _ function: GraphFunction) {
    self.name = name
    inputs = function.inputs.map(\.text)
    outputs = function.outputs.map(\.text)
    operators = Dictionary(function.nodes.map { ($0.op, 1) }, uniquingKeysWith: +)
  }

  /// The operators in words: `2 Gemm, 1 Relu`.
  var operatorText: String {
    operators.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
  }
}

extension GraphValue {
  /// Name and extents, such as `x [N, 1, 8, 8]`; the type where it is not float32.
  package var text: String {
    let extents = shape.map { extent in
      switch extent {
      case .fixed(let count): "\(count)"
      case .batch: GraphExtent.batchLetter
      }
    }
    let type = type == .float32 ? "" : "\(type.rawValue) "
    return "\(name) \(type)[\(extents.joined(separator: ", "))]"
  }
}
