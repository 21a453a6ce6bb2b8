import LatentZoo

/// What `latentzoo list --families` reports.
struct FamilyList: Encodable {
  /// A family with its presets.
  struct Family: Encodable {
    let card: Card
    let provider: String
    let defaultBackbone: String
    let presets: [PresetRow]
  }

  /// A preset of a family.
  struct PresetRow: Encodable {
    let name: String
    let summary: String
    let settings: [String: JSONValue]
  }

  /// A backbone.
  struct Networks: Encodable {
    let card: Card
    let provider: String
  }

  let families: [Family]
  let backbones: [Networks]

  init(_ registry: Registry) throws {
    families = registry.families.map { _, entry in
      let presets = entry.type.presets.sorted { $0.key < $1.key }.map {
        PresetRow(name: $0.key, summary: $0.value.summary, settings: $0.value.settings)
      }
      return Family(
        card: entry.type.card, provider: entry.provider,
        defaultBackbone: entry.type.defaultBackbone, presets: presets)
    }
    backbones = registry.backbones.map { Networks(card: $1.type.card, provider: $1.provider) }
  }

  /// Families with their presets below them, then backbones.
  var text: String {
    var table = TextTable([.text("FAMILY"), .text("SUMMARY"), .text("PROVIDER"), .text("PAPER")])
    for family in families {
      table.add([
        family.card.identifier, family.card.summary, family.provider,
        family.card.paper?.shortText ?? "",
      ])
      for preset in family.presets { table.add(["  " + preset.name, preset.summary]) }
    }
    var networks = TextTable([.text("BACKBONE"), .text("SUMMARY"), .text("PROVIDER")])
    for backbone in backbones {
      networks.add([backbone.card.identifier, backbone.card.summary, backbone.provider])
    }
    return table.text() + "\n\n" + networks.text()
  }
}

extension Paper {
  /// Authors and year.
  var shortText: String { "\(authors) \(year)" }
  /// The whole citation.
  var text: String { "\(authors) \(year), \"\(title)\", \(url)" }
}
