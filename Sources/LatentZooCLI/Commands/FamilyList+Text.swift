import LatentZoo

extension FamilyList {
  /// Characters of a line that suits most terminals.
  private static let width = 100
  private static let margin = "  "

  /// Families, then backbones: each with provider, paper, what it does, settings with their defaults, and presets.
  var text: String {
    let names = families.map(\.card.identifier) + backbones.map(\.card.identifier)
    let providers = families.map(\.provider) + backbones.map(\.provider)
    let widths = (
      names.map(\.count).max() ?? 0, (providers + ["PROVIDER"]).map(\.count).max() ?? 0
    )
    func line(_ name: String, _ provider: String, _ paper: String) -> String {
      var line = name.padded(to: widths.0) + Self.margin + provider.padded(to: widths.1)
      line += Self.margin + paper
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
    let familyBlocks = families.map { family in
      let title = line(family.card.identifier, family.provider, family.card.paper?.shortText ?? "")
      let summary = "\(family.card.summary) (on \(family.defaultBackbone) networks)"
      let lines = Self.lines([summary], family.settings) + Self.presetLines(family.presets)
      return ([title] + lines).joined(separator: "\n")
    }
    let backboneBlocks = backbones.map { networks in
      let title = line(
        networks.card.identifier, networks.provider, networks.card.paper?.shortText ?? "")
      return ([title] + Self.lines([networks.card.summary], networks.settings))
        .joined(separator: "\n")
    }
    return
      ([line("FAMILY", "PROVIDER", "PAPER")] + familyBlocks + [
        line("BACKBONE", "PROVIDER", "PAPER")
      ]
      + backboneBlocks).joined(separator: "\n\n")
  }

  /// What is said of an architecture, and `key=default` for each setting.
  private static func lines(_ summary: [String], _ settings: [SettingCard]) -> [String] {
    let pairs = settings.map { "\($0.key)=\($0.defaultText)" }
    let options = pairs.wrapped(at: width - margin.count, separator: "  ")
    return (summary + options).map { margin + $0 }
  }

  private static func presetLines(_ presets: [PresetRow]) -> [String] {
    guard !presets.isEmpty else { return [] }
    var table = TextTable([.text(""), .text("")], hasTitles: false)
    for preset in presets { table.add([preset.name, preset.summary]) }
    return [margin + "presets", table.text(indent: 2 * margin.count)]
  }
}

extension String {
  /// The text with spaces up to a width.
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}
