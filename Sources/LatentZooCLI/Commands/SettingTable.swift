import LatentZoo

/// The settings of a family or a backbone as `latentzoo info` shows them.
struct SettingTable {
  let settings: [SettingCard]

  /// Characters of a line that suits most terminals; documentation takes what the other columns leave of it.
  private static let width = 100
  private static let indent = 2
  private static let leastDocumentation = 24

  /// A line or several for each setting: its key, type, default, range or choices, and what it is for.
  var text: String {
    let rows = settings.map { setting in
      [setting.key, "\(setting.type)", setting.defaultText, setting.rangeText]
    }
    let titles = ["KEY", "TYPE", "DEFAULT", "RANGE"]
    let limits = [Int.max, 13, .max, 20]
    let widths = titles.indices.map { column in
      min(([titles] + rows).map { $0[column].count }.max() ?? 0, limits[column])
    }
    let rest = Self.width - Self.indent - widths.reduce(0) { $0 + $1 + 2 }
    var table = TextTable(
      zip(titles, limits).map { .text($0, limit: $1) }
        + [.text("DOCUMENTATION", limit: max(rest, Self.leastDocumentation))])
    for (row, setting) in zip(rows, settings) { table.add(row + [setting.documentation]) }
    return table.text(indent: Self.indent)
  }
}

extension SettingCard {
  /// The default as it could be typed after `key=`, without spaces.
  var defaultText: String { defaultValue.description.replacing(", ", with: ",") }

  /// The choices there are, or the numbers it takes.
  var rangeText: String {
    guard type.choices.isEmpty else { return type.choices.joined(separator: ", ") }
    return range == .any ? "" : range.description
  }
}
