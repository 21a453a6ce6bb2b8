import Foundation

/// Numbers as people read them.
package enum NumberText {
  /// Digits in groups of three: `652,824`.
  package static func count(_ value: Int) -> String {
    var groups: [Substring] = []
    var digits = String(value.magnitude)[...]
    while digits.count > 3 {
      groups.insert(digits.suffix(3), at: 0)
      digits = digits.dropLast(3)
    }
    return (value < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
  }

  /// A measured value with five significant digits: `105.31`.
  package static func value(_ value: Double) -> String {
    let magnitude = abs(value)
    guard value.isFinite, magnitude != 0 else { return value == 0 ? "0" : "\(value)" }
    guard (1e-4..<1e7).contains(magnitude) else { return String(format: "%.4e", value) }
    let decimals = min(max(4 - Int(log10(magnitude).rounded(.down)), 0), 8)
    return String(format: "%.\(decimals)f", value)
  }

  /// A number somebody chose, with as many digits as it takes: `0.001`, `255`.
  package static func setting(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A proportion: `24.5:1`, `0.25:1`.
  package static func ratio(_ value: Double) -> String {
    String(format: value < 0.95 ? "%.2f:1" : "%.1f:1", value)
  }

  /// A size in bytes: `2.6 MB`.
  package static func bytes(_ count: Int) -> String {
    if count < 1000 { return "\(count) bytes" }
    var value = Double(count)
    for unit in ["kB", "MB", "GB", "TB"] {
      value /= 1000
      if value < 999.95 || unit == "TB" { return String(format: "%.1f ", value) + unit }
    }
    return "\(count) bytes"
  }

  /// A length of time: `0.8 s`, `12 s`, `3 min 20 s`, `2 h 05 min`.
  package static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return "?" }
    if seconds < 9.95 { return String(format: "%.1f s", seconds) }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return String(format: "%d min %02d s", whole / 60, whole % 60) }
    return String(format: "%d h %02d min", whole / 3600, whole / 60 % 60)
  }
}
