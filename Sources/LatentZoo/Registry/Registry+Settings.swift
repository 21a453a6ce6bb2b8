extension Registry.FamilyEntry {
  /// Every setting, in the order the family declares them.
  ///
  /// - Throws: `EncodingError` where the configuration cannot be written as JSON.
  public func settings() throws -> [SettingCard] { try type.settingCards() }
}

extension Registry.BackboneEntry {
  /// Every setting, in the order the backbone declares them.
  ///
  /// - Throws: `EncodingError` where the configuration cannot be written as JSON.
  public func settings() throws -> [SettingCard] { try type.settingCards() }
}

extension ModelFamily {
  fileprivate static func settingCards() throws -> [SettingCard] {
    try Configuration.settingCards()
  }
}

extension Backbone {
  fileprivate static func settingCards() throws -> [SettingCard] {
    try Configuration.settingCards()
  }
}
