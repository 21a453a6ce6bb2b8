/// What the registry shows of a setting: all that a user needs to set it.
public struct SettingCard: Hashable, Sendable {
  /// Its name.
  public let key: String
  /// What kind of value it takes.
  public let type: SettingType
  /// What it is unless set otherwise.
  public let defaultValue: JSONValue
  /// The numbers it takes.
  public let range: SettingRange
  /// What it is for, in one line; empty where its owner does not say.
  public let documentation: String

  /// Joins the facts.
  ///
  /// - Parameters:
  ///   - key: its name.
  ///   - type: what kind of value it takes.
  ///   - defaultValue: what it is unless set otherwise.
  ///   - range: the numbers it takes.
  ///   - documentation: what it is for, in one line.
  public init(
    key: String, type: SettingType, defaultValue: JSONValue, range: SettingRange = .any,
    documentation: String = ""
  ) {
    self.key = key
    self.type = type
    self.defaultValue = defaultValue
    self.range = range
    self.documentation = documentation
  }

  /// The same setting with another default, such as a preset's.
  ///
  /// - Parameter value: the new default.
  public func replacingDefault(with value: JSONValue) -> SettingCard {
    SettingCard(
      key: key, type: type, defaultValue: value, range: range, documentation: documentation)
  }
}

extension SettingCard: Encodable {
  /// The names of JSON Schema where it has them.
  private enum CodingKeys: String, CodingKey {
    case key, type, choices, documentation
    case defaultValue = "default"
    case minimum, maximum, exclusiveMinimum, exclusiveMaximum
  }

  /// Writes bounds under the names that JSON Schema has for them, and only those there are.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(key, forKey: .key)
    try container.encode(type.description, forKey: .type)
    if !type.choices.isEmpty { try container.encode(type.choices, forKey: .choices) }
    try container.encode(defaultValue, forKey: .defaultValue)
    try container.encode(documentation, forKey: .documentation)
    switch range {
    case .any: break
    case .atLeast(let least): try container.encode(least, forKey: .minimum)
    case .above(let bound): try container.encode(bound, forKey: .exclusiveMinimum)
    case .within(let range):
      try container.encode(range.lowerBound, forKey: .minimum)
      try container.encode(range.upperBound, forKey: .maximum)
    case .from(let range):
      try container.encode(range.lowerBound, forKey: .minimum)
      try container.encode(range.upperBound, forKey: .exclusiveMaximum)
    case .between(let lower, let upper):
      try container.encode(lower, forKey: .exclusiveMinimum)
      try container.encode(upper, forKey: .exclusiveMaximum)
    }
  }
}
