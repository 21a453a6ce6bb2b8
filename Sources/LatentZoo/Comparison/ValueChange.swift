/// A value that two models have differently.
public struct ValueChange: Codable, Hashable, Sendable {
  /// Where it stands, such as `configuration.latentSize`.
  public let key: String
  /// The first model's value; `nil` where it has none.
  public let first: JSONValue?
  /// The second model's value; `nil` where it has none.
  public let second: JSONValue?

  /// What differs between two documents, key by key and in order.
  ///
  /// Objects are compared field by field, lists as a whole.
  ///
  /// - Parameters:
  ///   - first: the first model's document; `nil` where it has none.
  ///   - second: the second model's document; `nil` where it has none.
  ///   - key: where the documents stand; empty at the top.
  public static func between(
    _ first: JSONValue?, _ second: JSONValue?, at key: String = ""
  ) -> [ValueChange] {
    if first == second { return [] }
    guard case .object(let old) = first, case .object(let new) = second else {
      return [ValueChange(key: key, first: first, second: second)]
    }
    return Set(old.keys).union(new.keys).sorted().flatMap { name in
      between(old[name], new[name], at: key.isEmpty ? name : "\(key).\(name)")
    }
  }
}
