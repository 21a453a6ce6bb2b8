import Foundation

/// The settings of a family or a backbone: plain values with defaults, stored in every checkpoint.
///
/// Use no optional properties, because those vanish from the stored form; use an enum.
public protocol ModelConfiguration: Codable, Hashable, Sendable {
  /// The defaults.
  init()
  /// What each setting is for and which numbers it takes, in any order; default: nothing is said.
  static var settings: [SettingDescription] { get }
  /// Checks what types and the ranges of ``settings`` cannot, above all what concerns several settings.
  ///
  /// - Throws: ``ConfigurationError``; ``ModelConfiguration/require(_:_:_:)`` helps.
  func validate() throws
}

extension ModelConfiguration {
  public static var settings: [SettingDescription] { [] }

  public func validate() throws {}

  /// Checks a condition on one setting.
  ///
  /// - Parameters:
  ///   - key: the setting.
  ///   - isMet: the condition.
  ///   - requirement: completes "setting "key" …", such as "must be at least 1".
  /// - Throws: ``ConfigurationError/unusable(key:found:requirement:)``.
  public func require(_ key: String, _ isMet: Bool, _ requirement: String) throws {
    guard !isMet else { return }
    let found = try json.fields[key]?.description ?? "nothing"
    throw ConfigurationError.unusable(key: key, found: found, requirement: requirement)
  }

  /// The settings as a JSON object.
  var json: JSONValue {
    get throws {
      try JSONDecoder().decode(JSONValue.self, from: try JSONEncoder().encode(self))
    }
  }

  /// Reads settings that were stored whole.
  ///
  /// - Throws: ``ConfigurationError``.
  init(recorded value: JSONValue, owner: String) throws {
    self = try Self.decode(value, owner: owner)
    try check()
  }

  /// The defaults overlaid with given settings, key by key.
  ///
  /// - Throws: ``ConfigurationError``.
  init(overlaying settings: [String: JSONValue], owner: String) throws {
    var fields = try Self().json.fields
    for (key, value) in settings {
      guard fields[key] != nil else {
        throw ConfigurationError.unknownKey(key, owner: owner, known: fields.keys.sorted())
      }
      fields[key] = value
    }
    self = try Self.decode(.object(fields), owner: owner)
    try check()
  }

  /// Decodes and retells what is wrong in terms of settings.
  private static func decode(_ value: JSONValue, owner: String) throws -> Self {
    let data = try JSONEncoder().encode(value)
    do {
      return try JSONDecoder().decode(Self.self, from: data)
    } catch let error as UnknownChoice {
      throw ConfigurationError.unknownChoice(
        key: error.path.joined(separator: "."), found: error.found, known: error.known)
    } catch DecodingError.typeMismatch(let type, let context) {
      throw wrongType(value, context.codingPath, expected: name(of: type))
    } catch DecodingError.dataCorrupted {
      // The decoder does not say where it met a number that is not whole.
      throw try fractionalSetting(of: value)
    } catch DecodingError.valueNotFound(let type, let context) {
      throw wrongType(value, context.codingPath, expected: name(of: type))
    } catch DecodingError.keyNotFound(let key, _) {
      throw ConfigurationError.missingKey(key.stringValue, owner: owner)
    }
  }

  /// The setting that cannot be decoded when it alone differs from the defaults.
  private static func fractionalSetting(of value: JSONValue) throws -> ConfigurationError {
    let defaults = try Self().json.fields
    for (key, found) in value.fields.sorted(by: { $0.key < $1.key }) where found != defaults[key] {
      let data = try JSONEncoder().encode(defaults.merging([key: found]) { _, new in new })
      if (try? JSONDecoder().decode(Self.self, from: data)) != nil { continue }
      guard case .array = found else {
        return .wrongType(key: key, expected: "a whole number", found: found.description)
      }
      return .wrongType(
        key: key, expected: "a list with a whole number each", found: found.description)
    }
    return .wrongType(
      key: "configuration", expected: "whole numbers", found: value.description)
  }

  private static func wrongType(
    _ value: JSONValue, _ path: [any CodingKey], expected: String
  ) -> ConfigurationError {
    guard let key = path.first?.stringValue else {
      return .wrongType(key: "configuration", expected: expected, found: value.description)
    }
    let isInList = path.count > 1 && path[1].intValue != nil
    return .wrongType(
      key: key, expected: isInList ? "a list with \(expected) each" : expected,
      found: value.fields[key]?.description ?? "nothing")
  }

  /// A Swift type in a user's words.
  private static func name(of type: any Any.Type) -> String {
    switch type {
    case is Bool.Type: "true or false"
    case is String.Type: "a word"
    case is Double.Type, is Float.Type: "a number"
    case is any FixedWidthInteger.Type: "a whole number"
    case is any Sequence.Type: "a list, such as [400, 200]"
    default: "another kind of value (\(type))"
    }
  }
}

extension JSONValue {
  /// The fields of an object; nothing for anything else.
  var fields: [String: JSONValue] {
    guard case .object(let fields) = self else { return [:] }
    return fields
  }
}
