/// How the recorded networks of two models differ.
public struct GraphComparison: Codable, Hashable, Sendable {
  /// A function that both have, with what differs in it.
  public struct Change: Codable, Hashable, Sendable {
    /// Its name, such as `encoder`.
    public let function: String
    /// Lines as `diff` prints them: `- ` for what only the first has, `+ ` for what only the second has.
    public let lines: [String]
  }

  /// Functions that only the first has.
  public let onlyInFirst: [String]
  /// Functions that only the second has.
  public let onlyInSecond: [String]
  /// Functions that differ.
  public let changes: [Change]

  /// Whether nothing differs.
  public var isEqual: Bool { onlyInFirst.isEmpty && onlyInSecond.isEmpty && changes.isEmpty }

  /// Compares functions by name.
  public init(_ first: [String: GraphFunction], _ second: [String: GraphFunction]) {
    onlyInFirst = first.keys.filter { second[$0] == nil }.sorted()
    onlyInSecond = second.keys.filter { first[$0] == nil }.sorted()
    changes = first.keys.sorted().compactMap { name in
      guard let one = first[name], let other = second[name] else { return nil }
      let lines = GraphListing(one).lines(changedIn: GraphListing(other))
      return lines.isEmpty ? nil : Change(function: name, lines: lines)
    }
  }
}

/// A function as lines that can be compared: numbered results carry no names, so that one operator more does not change
/// all that follow.
private struct GraphListing {
  private let interface: [String]
  private let nodes: [GraphNode]
  private let constants: [String: String]

  init(_ function: GraphFunction) {
    interface =
      function.inputs.map { "input \($0.text)" } + function.outputs.map { "output \($0.text)" }
    nodes = function.nodes
    let fixed = function.initializers.map { ($0.name, Self.text($0)) }
    let weights = function.weights.map { ($0.name, "\($0.name) \($0.shape)") }
    constants = Dictionary(fixed + weights) { first, _ in first }
  }

  /// What has to be taken away from this listing, and what added, to get the other.
  func lines(changedIn other: GraphListing) -> [String] {
    let (old, new) = (signatures, other.signatures)
    let lines =
      Self.changes(from: interface, to: other.interface) + Self.changes(from: old, to: new)
    if lines.isEmpty, !isWired(like: other) {
      return ["- operators as in the second, joined in another way", "+ the same operators"]
    }
    return lines
  }

  private static func changes(from old: [String], to new: [String]) -> [String] {
    new.difference(from: old).map { change in
      switch change {
      case .remove(_, let text, _): "- \(text)"
      case .insert(_, let text, _): "+ \(text)"
      }
    }
  }

  /// Each operator with its attributes and what it takes from weights and fixed values.
  private var signatures: [String] {
    nodes.map { node in
      let taken = node.inputs.map { $0.isEmpty ? "-" : constants[$0] ?? "·" }
      let attributes = node.attributes.sorted { $0.key < $1.key }.map { name, value in
        ", \(name)=\(value)"
      }
      return "\(node.op)(\(taken.joined(separator: ", "))\(attributes.joined()))"
    }
  }

  /// Whether each result goes where its like goes in a listing of equal operators.
  private func isWired(like other: GraphListing) -> Bool {
    var names: [String: String] = [:]
    for (node, like) in zip(nodes, other.nodes) {
      guard node.outputs.count == like.outputs.count else { return false }
      for (input, likeInput) in zip(node.inputs, like.inputs)
      where constants[input] == nil && names[input, default: input] != likeInput { return false }
      for (output, likeOutput) in zip(node.outputs, like.outputs) { names[output] = likeOutput }
    }
    return true
  }

  /// A fixed value by type, shape and its first elements.
  private static func text(_ initializer: GraphInitializer) -> String {
    let elements: [String]
    switch initializer.elements {
    case .floats(let floats): elements = floats.map { "\($0)" }
    case .integers(let integers): elements = integers.map { "\($0)" }
    }
    let few = elements.prefix(8).joined(separator: " ")
    let rest = elements.count > 8 ? " … (\(elements.count), hash \(Self.digest(elements)))" : ""
    return "\(initializer.type.rawValue)\(initializer.shape) \(few)\(rest)"
  }

  /// A short number that tells long lists apart (FNV-1a).
  private static func digest(_ elements: [String]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in elements.joined(separator: " ").utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    return String(hash, radix: 16)
  }
}
