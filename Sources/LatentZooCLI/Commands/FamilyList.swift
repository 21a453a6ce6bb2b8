import LatentZoo

/// What `latentzoo list --families` reports.
struct FamilyList: Encodable {
  /// A family with its presets.
  struct Family: Encodable {
    let card: Card
    let provider: String
    let defaultBackbone: String
    let settings: [SettingCard]
    let presets: [PresetRow]
  }

  /// A preset of a family.
  struct PresetRow: Encodable {
    let name: String
    let summary: String
    /// The backbone where it is not the family's default.
    let backbone: String?
    let settings: [String: JSONValue]
  }

  /// A backbone.
  struct Networks: Encodable {
    let card: Card
    let provider: String
    let settings: [SettingCard]
  }

  let families: [Family]
  let backbones: [Networks]

  init(_ registry: Registry) throws {
    families = try registry.families.map { _, entry in
      Family(
        card: entry.type.card, provider: entry.provider,
        defaultBackbone: entry.type.defaultBackbone, settings: try entry.settings(),
        presets: PresetRow.all(of: entry.type))
    }
    backbones = try registry.backbones.map { _, entry in
      Networks(card: entry.type.card, provider: entry.provider, settings: try entry.settings())
    }
  }
}

extension FamilyList.PresetRow {
  /// The presets of a family by name.
  static func all(of family: any ModelFamily.Type) -> [Self] {
    family.presets.sorted { $0.key < $1.key }.map { name, preset in
      Self(
        name: name, summary: preset.summary, backbone: preset.backbone, settings: preset.settings)
    }
  }
}

extension Paper {
  /// Authors and year; of many authors the first.
  var shortText: String {
    let names = authors.replacing(" and ", with: ", ").split(separator: ", ")
    return names.count > 2 ? "\(names[0]) et al. \(year)" : "\(authors) \(year)"
  }
  /// The whole citation.
  var text: String { "\(authors) \(year), \"\(title)\", \(url)" }
}
