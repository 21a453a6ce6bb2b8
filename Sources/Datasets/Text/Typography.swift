/// Typographic characters in their ASCII spelling, so that one text reads like the next.
enum Typography {
  /// Text with straight quotes, `--` for dashes, `...` for the ellipsis and plain spaces.
  ///
  /// Soft hyphens, zero-width characters and byte-order marks are removed.
  static func plain(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 >= 0x80 || $0 == 0x60 }) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar.value < 0x80 && scalar != "`" {
        result.append(scalar)
      } else if let spelling = spelling(of: scalar) {
        result.append(contentsOf: spelling.unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// What a typographic character becomes, `nil` where it stays.
  private static func spelling(of scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "\u{2018}", "\u{2019}", "\u{201A}", "\u{201B}", "\u{2032}", "\u{00B4}", "`": "'"
    case "\u{201C}", "\u{201D}", "\u{201E}", "\u{201F}", "\u{2033}", "\u{00AB}", "\u{00BB}": "\""
    case "\u{2010}", "\u{2011}": "-"
    case "\u{2012}"..."\u{2015}", "\u{2212}": "--"
    case "\u{2026}": "..."
    case "\u{00A0}", "\u{2000}"..."\u{200A}", "\u{202F}", "\u{205F}", "\u{3000}", "\u{0085}": " "
    case "\u{00AD}", "\u{200B}"..."\u{200D}", "\u{2060}", "\u{FEFF}": ""
    default: nil
    }
  }
}
