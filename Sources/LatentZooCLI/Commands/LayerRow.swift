import LatentZoo

/// One layer of a model: the tensors that share a path.
struct LayerRow: Encodable {
  let path: String
  var weight: [Int]?
  var bias: [Int]?
  /// Further tensors with their shapes, such as `running_mean 32`.
  var other: [String] = []
  var parameterCount = 0

  /// The network the layer belongs to.
  var network: String { path.split(separator: "/").first.map(String.init) ?? path }

  /// Groups tensors by layer, in the order in which they lie in the file.
  static func rows(of tensors: [StoredTensor]) -> [LayerRow] {
    var rows: [LayerRow] = []
    for tensor in tensors {
      let parts = tensor.path.split(separator: "/")
      let path = parts.dropLast().joined(separator: "/")
      if rows.last?.path != path { rows.append(LayerRow(path: path)) }
      rows[rows.count - 1].add(tensor, named: parts.last.map(String.init) ?? "")
    }
    return rows
  }

  private mutating func add(_ tensor: StoredTensor, named name: String) {
    parameterCount += tensor.count
    switch name {
    case "weight": weight = tensor.shape
    case "bias": bias = tensor.shape
    default: other.append("\(name) \(Self.text(tensor.shape))")
    }
  }

  /// A shape such as `400×784`; empty for none.
  static func text(_ shape: [Int]?) -> String {
    shape.map { $0.map(String.init).joined(separator: "×") } ?? ""
  }
}
