/// A setting with a fixed set of named values.
///
/// Decoding an unknown name throws ``UnknownChoice``, which lists the known ones.
public protocol Choice: SettingValue, RawRepresentable<String>, CaseIterable, Codable, Hashable,
  Sendable
{}

/// A name that is none of a setting's values.
public struct UnknownChoice: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where in the configuration the name stood, outermost key first.
  public let path: [String]
  /// The name that was given.
  public let found: String
  /// The names there are.
  public let known: [String]

  public var description: String {
    "\(path.joined(separator: ".")) is one of \(known.joined(separator: ", ")); got \"\(found)\""
  }
}

extension Choice {
  /// Reads a name.
  ///
  /// - Throws: ``UnknownChoice``, or `DecodingError` for what is no word.
  public init(from decoder: any Decoder) throws {
    let name = try decoder.singleValueContainer().decode(String.self)
    guard let value = Self(rawValue: name) else {
      throw UnknownChoice(
        path: decoder.codingPath.map(\.stringValue), found: name,
        known: Self.allCases.map(\.rawValue))
    }
    self = value
  }

  /// Writes the name.
  ///
  /// - Throws: `EncodingError`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}
