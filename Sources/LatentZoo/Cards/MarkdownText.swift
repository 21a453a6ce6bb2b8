/// Text made safe for Markdown. What a checkpoint says about itself may come from a stranger: it must not turn into
/// markup, a second line, or letters that steer a terminal.
enum MarkdownText {
  /// Text within a line or a cell of a table.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in plain(text).unicodeScalars {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\\", "`", "*", "_", "[", "]", "|", "#", "!", "~": result += "\\\(scalar)"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Text set as code within a line.
  static func code(_ text: String) -> String {
    let text = plain(text).replacing("|", with: "\\|")
    guard !text.isEmpty else { return "" }
    return text.contains("`") ? "`` \(text) ``" : "`\(text)`"
  }

  /// A link; one that is no web address is shown as text.
  static func link(_ text: String, to url: String?) -> String {
    guard let url, isWebAddress(url) else { return escaped(text) }
    return "[\(escaped(text))](\(url))"
  }

  /// A block of code.
  static func block(_ language: String, _ lines: [String]) -> String {
    (["```\(language)"] + lines.map(plain) + ["```"]).joined(separator: "\n")
  }

  /// A table; columns with a `:` behind their title are set to the right.
  ///
  /// Cells are Markdown already.
  static func table(_ titles: [String], _ rows: [[String]]) -> String {
    let heads = titles.map { $0.hasSuffix(":") ? String($0.dropLast()) : $0 }
    let rules = titles.map { $0.hasSuffix(":") ? "---:" : "---" }
    return ([heads, rules] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
      .joined(separator: "\n")
  }

  /// The text in one line, without control characters.
  static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory.isControl ? " " : $0 }))
  }

  private static func isWebAddress(_ url: String) -> Bool {
    (url.hasPrefix("https://") || url.hasPrefix("http://"))
      && url.utf8.allSatisfy { byte in
        (33...126).contains(byte) && !"()<>[]\\\"`|".utf8.contains(byte)
      }
  }
}

extension Unicode.GeneralCategory {
  /// Whether letters of it steer what shows them: controls, directions of writing, line ends.
  fileprivate var isControl: Bool {
    switch self {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: true
    default: false
    }
  }
}
