import Foundation

/// One `key=value` of a user's.
public struct Setting: Hashable, Sendable {
  /// The setting, optionally behind the family's or backbone's name and a dot.
  public let key: String
  /// The value; a word that is no JSON is a string.
  public let value: JSONValue

  /// Makes a setting.
  public init(key: String, value: JSONValue) {
    self.key = key
    self.value = value
  }

  /// Reads `key=value`, where the value is JSON or a bare word: `latentSize=20`, `hiddenSizes=[400, 200]`,
  /// `likelihood=bernoulli`.
  ///
  /// - Throws: ``ConfigurationError/malformed(_:)``.
  public init(parsing text: String) throws(ConfigurationError) {
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
      throw .malformed(text)
    }
    key = text[..<equals].trimmingCharacters(in: .whitespaces)
    let word = String(text[text.index(after: equals)...]).trimmingCharacters(in: .whitespaces)
    let isBracketed = word.hasPrefix("[") || word.hasPrefix("{")
    do {
      value = try JSONDecoder().decode(JSONValue.self, from: Data(word.utf8))
    } catch {
      guard !isBracketed, !word.isEmpty else { throw .malformed(text) }
      value = .string(word)
    }
  }
}
