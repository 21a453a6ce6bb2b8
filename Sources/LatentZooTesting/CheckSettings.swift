public import LatentZoo
public import Testing

/// Holds settings to their laws: each is described in one line, none is described that does not exist, and every default
/// may be given as a setting.
///
/// - Parameters:
///   - configuration: the settings of a family or a backbone.
///   - sourceLocation: where a failure is reported.
public func checkSettings<Settings: ModelConfiguration>(
  _ configuration: Settings.Type, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let cards = try Settings.settingCards()
  for card in cards {
    let text = card.documentation
    #expect(!text.isEmpty, "\(card.key) is not described", sourceLocation: sourceLocation)
    let isOneLine = text.count <= 80 && !text.contains("\n") && !text.hasSuffix(".")
    #expect(isOneLine, "\(card.key): \(text)", sourceLocation: sourceLocation)
    #expect(
      card.type != .other, "the type of \(card.key) is no SettingValue",
      sourceLocation: sourceLocation)
  }
  let described = Settings.settings.map(\.key)
  let missing = Set(described).subtracting(cards.map(\.key))
  #expect(missing.isEmpty, "there are no such settings", sourceLocation: sourceLocation)
  #expect(Set(described).count == described.count, sourceLocation: sourceLocation)
  #expect(throws: Never.self, sourceLocation: sourceLocation) { try Settings().check() }
}

/// Holds the settings of a backbone to their laws.
///
/// - Parameters:
///   - backbone: what networks are made of.
///   - sourceLocation: where a failure is reported.
public func checkSettings<Networks: Backbone>(
  of backbone: Networks.Type, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  try checkSettings(Networks.Configuration.self, sourceLocation: sourceLocation)
}
