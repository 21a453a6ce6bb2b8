/// One layer of a model: the tensors that share a path.
public struct LayerSummary: Codable, Hashable, Sendable {
  /// Path of the layer, such as `encoder/head/mean`.
  public let path: String
  /// Shape of its weight.
  public private(set) var weight: [Int]?
  /// Shape of its bias.
  public private(set) var bias: [Int]?
  /// Further tensors with their shapes, such as `running_mean 32`.
  public private(set) var other: [String] = []
  /// Number of single values in all of them.
  public private(set) var parameterCount = 0

  /// The network the layer belongs to, such as `encoder`.
  public var network: String { path.split(separator: "/").first.map(String.init) ?? path }

  /// Groups tensors by layer, in the order in which they are given; those of one layer follow each other.
  public static func layers(of tensors: [StoredTensor]) -> [LayerSummary] {
    var layers: [LayerSummary] = []
    for tensor in tensors {
      let parts = tensor.path.split(separator: "/")
      let path = parts.dropLast().joined(separator: "/")
      if layers.last?.path != path { layers.append(LayerSummary(path: path)) }
      layers[layers.count - 1].add(tensor, named: parts.last.map(String.init) ?? "")
    }
    return layers
  }

  private init(path: String) { self.path = path }

  private mutating func add(_ tensor: StoredTensor, named name: String) {
    parameterCount += tensor.count
    switch name {
    case "weight": weight = tensor.shape
    case "bias": bias = tensor.shape
    default: other.append("\(name) \(Self.text(tensor.shape))")
    }
  }

  /// A shape such as `400×784`; empty for none.
  package static func text(_ shape: [Int]?) -> String {
    shape.map { $0.map(String.init).joined(separator: "×") } ?? ""
  }
}

extension Sequence where Element == LayerSummary {
  /// Number of values in each network, in order of first appearance.
  package var networkSizes: [(network: String, parameterCount: Int)] {
    var sizes: [(network: String, parameterCount: Int)] = []
    for layer in self {
      if let place = sizes.firstIndex(where: { $0.network == layer.network }) {
        sizes[place].parameterCount += layer.parameterCount
      } else {
        sizes.append((layer.network, layer.parameterCount))
      }
    }
    return sizes
  }
}
