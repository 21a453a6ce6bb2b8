/// A setting of a family or a backbone and its default.
public struct SettingDefault: Hashable, Codable, Sendable {
  /// The setting.
  public let key: String
  /// What it is unless set otherwise.
  public let value: JSONValue

  /// Names a setting and its default.
  public init(key: String, value: JSONValue) {
    self.key = key
    self.value = value
  }
}

extension Registry.FamilyEntry {
  /// Every setting with its default, by name.
  ///
  /// - Throws: `EncodingError` where the configuration cannot be written as JSON.
  public func settings() throws -> [SettingDefault] { try type.settingDefaults() }
}

extension Registry.BackboneEntry {
  /// Every setting with its default, by name.
  ///
  /// - Throws: `EncodingError` where the configuration cannot be written as JSON.
  public func settings() throws -> [SettingDefault] { try type.settingDefaults() }
}

extension ModelFamily {
  fileprivate static func settingDefaults() throws -> [SettingDefault] {
    try Configuration().settingDefaults()
  }
}

extension Backbone {
  fileprivate static func settingDefaults() throws -> [SettingDefault] {
    try Configuration().settingDefaults()
  }
}

extension ModelConfiguration {
  fileprivate func settingDefaults() throws -> [SettingDefault] {
    try json.fields.sorted { $0.key < $1.key }
      .map { SettingDefault(key: $0.key, value: $0.value) }
  }
}
