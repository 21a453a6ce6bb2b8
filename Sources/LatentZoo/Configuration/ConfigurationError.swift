/// What can be wrong with the settings of a family or backbone.
public enum ConfigurationError: Error, Hashable, Sendable {
  /// There is no setting of that name.
  case unknownKey(String, owner: String, known: [String])
  /// Both family and backbone have a setting of that name.
  case ambiguousKey(String, family: String, backbone: String)
  /// A value of another kind was expected.
  case wrongType(key: String, expected: String, found: String)
  /// The value is none of the known ones.
  case unknownChoice(key: String, found: String, known: [String])
  /// The value is of the right kind but cannot be used.
  case unusable(key: String, found: String, requirement: String)
  /// A setting is not written as `key=value`.
  case malformed(String)
  /// The recorded configuration lacks a setting.
  case missingKey(String, owner: String)
}

extension ConfigurationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownKey(let key, let owner, let known):
      let hint = NearestName.of(key, among: known).map { "; did you mean \"\($0)\"?" } ?? ";"
      return "\(owner) has no setting \"\(key)\"\(hint) There are: \(known.joined(separator: ", "))"
    case .ambiguousKey(let key, let family, let backbone):
      return "both \(family) and \(backbone) have a setting \"\(key)\"; write "
        + "\(family).\(key)=… or \(backbone).\(key)=…"
    case .wrongType(let key, let expected, let found):
      return "setting \"\(key)\" takes \(expected), got \(found)"
    case .unknownChoice(let key, let found, let known):
      let hint = NearestName.of(found, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
      return
        "setting \"\(key)\" is one of \(known.joined(separator: ", ")), got \"\(found)\"\(hint)"
    case .unusable(let key, let found, let requirement):
      return "setting \"\(key)\" \(requirement), got \(found)"
    case .malformed(let text):
      return "a setting is written key=value, got \"\(text)\"; for example latentSize=20"
    case .missingKey(let key, let owner):
      return
        "the recorded configuration of \(owner) lacks \"\(key)\"; it was made by another version"
    }
  }
}
