import LatentZoo

/// What `latentzoo info` reports of a family, a preset or a backbone.
struct ArchitectureCard: Encodable {
  let kind: String
  let name: String
  let card: Card
  let provider: String
  /// The backbone unless another is asked for.
  let backbone: String?
  let presets: [FamilyList.PresetRow]
  /// What it makes of an image of 28 × 28 pixels; `nil` where it takes no images, and of backbones.
  let compression: CompressionRate?
  let settings: [SettingCard]
  let backboneSettings: [SettingCard]

  /// Looks a name up; `nil` where it is no family, preset or backbone.
  init?(_ name: String, in registry: Registry) throws {
    self.name = name
    if registry.familyNames.contains(name) {
      let (entry, preset) = try registry.family(named: name)
      let networks = try registry.backbone(
        named: preset?.backbone ?? entry.type.defaultBackbone)
      kind = preset == nil ? "family" : "preset of \(entry.type.card.identifier)"
      card = entry.type.card
      provider = entry.provider
      backbone = networks.type.card.identifier
      self.presets = FamilyList.PresetRow.all(of: entry.type)
      compression = try Self.compression(of: name, in: registry)
      settings = Self.overlay(try entry.settings(), with: preset)
      backboneSettings = Self.overlay(try networks.settings(), with: preset)
    } else if registry.backbones.contains(where: { $0.identifier == name }) {
      let entry = try registry.backbone(named: name)
      kind = "backbone"
      card = entry.type.card
      provider = entry.provider
      backbone = nil
      compression = nil
      self.presets = []
      settings = try entry.settings()
      backboneSettings = []
    } else {
      return nil
    }
  }

  private static func compression(
    of name: String, in registry: Registry
  ) throws -> CompressionRate? {
    let image = DataSignature(DataShape([1, 28, 28]), classCount: 10)
    var random = RandomSource(seed: 0)
    do {
      let specification = try registry.specification(for: name, data: image)
      let model = try registry.makeModel(specification, using: &random)
      return CompressionRate(dataCount: image.shape.featureCount, codeCount: model.latentSize)
    } catch is ModelError {
      return nil
    }
  }

  private static func overlay(
    _ settings: [SettingCard], with preset: Preset?
  ) -> [SettingCard] {
    settings.map { setting in
      preset?.settings[setting.key].map(setting.replacingDefault(with:)) ?? setting
    }
  }

  /// The card for people.
  var text: String {
    var facts = TextTable([.text(""), .text("")], hasTitles: false)
    facts.add([kind.prefix(1).uppercased() + kind.dropFirst(), name])
    facts.add(["Title", card.title])
    facts.add(["Summary", card.summary])
    if let paper = card.paper { facts.add(["Paper", paper.text]) }
    if let compression { facts.add(["Compression", "\(compression.text), of 28×28 pixels"]) }
    facts.add(["Provider", provider])
    var blocks = [facts.text()]
    if settings.isEmpty {
      blocks.append("There is nothing to set.")
    } else {
      blocks.append("Settings (--set key=value)\n" + SettingTable(settings: settings).text)
    }
    if let backbone, !backboneSettings.isEmpty {
      blocks.append(
        "Settings of the backbone \(backbone)\n" + SettingTable(settings: backboneSettings).text)
    }
    let others = presets.filter { $0.name != name }
    if !others.isEmpty {
      var table = TextTable([.text(""), .text("")], hasTitles: false)
      for preset in others { table.add([preset.name, preset.summary]) }
      blocks.append("Presets\n" + table.text(indent: 2))
    }
    if backbone != nil { blocks.append("Train one: latentzoo train \(name) --data digits") }
    return blocks.joined(separator: "\n\n")
  }
}

extension Registry {
  /// Names of families and presets.
  var familyNames: [String] {
    families.flatMap { [$0.identifier] + $0.entry.type.presets.keys.sorted() }
  }

  /// Names of families, presets and backbones.
  var architectureNames: [String] { familyNames + backbones.map(\.identifier) }
}
