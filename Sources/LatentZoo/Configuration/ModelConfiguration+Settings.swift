extension ModelConfiguration {
  /// Every setting in the order of its declaration, with type and default from the property and the rest from ``settings``.
  ///
  /// - Throws: `EncodingError` where the configuration cannot be written as JSON.
  public static func settingCards() throws -> [SettingCard] {
    let defaults = Self()
    let values = try defaults.json.fields
    var types: [String: SettingType] = [:]
    var keys: [String] = []
    for child in Mirror(reflecting: defaults).children {
      guard let key = child.label, values[key] != nil else { continue }
      keys.append(key)
      types[key] = (child.value as? any SettingValue).map { type(of: $0).settingType }
    }
    keys += values.keys.filter { types[$0] == nil && !keys.contains($0) }.sorted()
    let descriptions = Dictionary(settings.map { ($0.key, $0) }) { first, _ in first }
    return keys.map { key in
      SettingCard(
        key: key, type: types[key] ?? .other, defaultValue: values[key] ?? .null,
        range: descriptions[key]?.range ?? .any,
        documentation: descriptions[key]?.documentation ?? "")
    }
  }

  /// Checks each setting against its range, then all of them together.
  ///
  /// - Throws: ``ConfigurationError/unusable(key:found:requirement:)``, and what ``validate()`` throws.
  public func check() throws {
    let values = try json.fields
    for setting in Self.settings {
      guard let value = values[setting.key] else { continue }
      try require(
        setting.key, value.numbers.allSatisfy(setting.range.contains),
        value.isList ? setting.range.elementRequirement : setting.range.requirement)
    }
    try validate()
  }
}

extension JSONValue {
  /// The number it is, or those of a list.
  fileprivate var numbers: [Double] {
    switch self {
    case .integer(let value): [Double(value)]
    case .number(let value): [value]
    case .array(let values): values.flatMap(\.numbers)
    default: []
    }
  }

  fileprivate var isList: Bool {
    guard case .array = self else { return false }
    return true
  }
}
