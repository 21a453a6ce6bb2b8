import LatentZoo
import TestSupport
import Testing

/// What families and backbones say of their settings, so that `latentzoo info` leaves nothing empty.
@Suite struct SettingDescriptionTests {
  @Test("Every family describes its settings") func families() throws {
    for (_, entry) in try FamilyTests.makeRegistry().families { try check(entry.type) }
  }

  @Test("Every backbone describes its settings") func backbones() throws {
    for (_, entry) in try FamilyTests.makeRegistry().backbones { try checkSettings(of: entry.type) }
  }

  @Test("Presets set nothing that is refused") func presets() throws {
    let registry = try FamilyTests.makeRegistry()
    let data = DataSignature(DataShape([1, 28, 28]), classCount: 10)
    for (_, entry) in registry.families {
      for preset in entry.type.presets.keys {
        #expect(throws: Never.self, "\(preset)") {
          try registry.specification(for: preset, data: data)
        }
      }
    }
  }

  private func check<Family: ModelFamily>(_ family: Family.Type) throws {
    try checkSettings(Family.Configuration.self)
  }
}
