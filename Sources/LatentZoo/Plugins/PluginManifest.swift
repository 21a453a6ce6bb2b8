import Foundation

/// What stands beside a plugin's library, to be checked before any of it is loaded.
public struct PluginManifest: Codable, Hashable, Sendable {
  /// A plugin's library.
  public struct Library: Codable, Hashable, Sendable {
    /// Its file's name.
    public let file: String
    /// Number of bytes.
    public let byteCount: Int
    /// SHA-256 of them, in hexadecimal digits.
    public let sha256: String

    init(file: String, byteCount: Int, sha256: String) {
      self.file = file
      self.byteCount = byteCount
      self.sha256 = sha256
    }

    /// Measures a library.
    ///
    /// - Throws: ``PluginError/missing(path:)``.
    public init(at path: String) throws(PluginError) {
      guard let file = FileHandle(forReadingAtPath: path),
        let digest = PluginFile.digest(of: file)
      else { throw .missing(path: path) }
      self.init(
        file: (path as NSString).lastPathComponent, byteCount: digest.byteCount,
        sha256: digest.sha256)
    }
  }

  /// Name of the plugin: small letters, digits and dashes.
  public let name: String
  /// Version of the plugin, such as `0.1.0`.
  public let version: String
  /// What it is for, in one line.
  public let summary: String
  /// Identifiers of the families it registers, in order.
  public let families: [String]
  /// Identifiers of the backbones it registers, in order.
  public let backbones: [String]
  /// What it was built for.
  public let stamp: PluginStamp
  /// The library.
  public let library: Library

  /// Name of the file.
  public static let fileName = "plugin.json"
  /// No manifest is larger, in bytes.
  static let mostBytes = 1 << 20

  /// Describes a plugin.
  public init(
    name: String, version: String, summary: String, families: [String], backbones: [String],
    stamp: PluginStamp, library: Library
  ) {
    self.name = name
    self.version = version
    self.summary = summary
    self.families = families
    self.backbones = backbones
    self.stamp = stamp
    self.library = library
  }

  /// Reads a manifest.
  ///
  /// - Parameter folder: the plugin's own.
  /// - Throws: ``PluginError/malformedManifest(path:reason:)``.
  public init(in folder: String) throws(PluginError) {
    let path = "\(folder)/\(Self.fileName)"
    let data = try PluginFile.contents(of: path, atMost: Self.mostBytes)
    do {
      self = try JSONDecoder().decode(PluginManifest.self, from: data)
    } catch {
      throw .malformedManifest(path: path, reason: "it is not the JSON of a plugin's manifest")
    }
    guard PluginName.isGood(name), PluginName.isVersion(version) else {
      throw .malformedManifest(path: path, reason: "its name or its version is none")
    }
    guard !library.file.contains("/"), library.file.hasSuffix(".so"), library.byteCount >= 0 else {
      throw .malformedManifest(path: path, reason: "its library is no file beside it")
    }
  }

  /// The manifest as a file, keys in order.
  ///
  /// - Throws: `EncodingError`.
  public func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// Name and version, as the provider of what it registers.
  public var provider: String { "\(name) \(version)" }

  /// The same in a checkpoint.
  public var reference: PluginReference { PluginReference(name: name, version: version) }
}

/// A plugin that a model was made with.
public struct PluginReference: Codable, Hashable, Sendable {
  /// Its name, to install it by.
  public let name: String
  /// Its version.
  public let version: String

  /// Names a plugin.
  public init(name: String, version: String) {
    self.name = name
    self.version = version
  }

  /// Reads a reference from a checkpoint, which anybody may have written.
  ///
  /// - Throws: `DecodingError` where the name is none, or the version more than a few letters, digits, dots and dashes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    version = try container.decode(String.self, forKey: .version)
    guard PluginName.isGood(name), PluginName.isVersion(version) else {
      throw DecodingError.dataCorruptedError(
        forKey: .name, in: container, debugDescription: "this is no plugin's name and version")
    }
  }

  /// Name and version.
  public var text: String { "\(name) \(version)" }

  /// In words, which of a model's plugins brings an architecture.
  static func need(_ plugins: [PluginReference], for identifier: String) -> String {
    plugins.isEmpty
      ? "the plugin that brings \(identifier)"
      : "the plugin \(plugins.map(\.text).joined(separator: " or ")), which brings \(identifier)"
  }
}

/// Names of plugins, which are names of folders too, and their versions.
public enum PluginName {
  /// Whether a text is up to 32 letters, digits, dots, dashes and plus signs.
  public static func isVersion(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 32
      && text.unicodeScalars.allSatisfy { scalar in
        scalar.isASCII
          && (scalar.properties.isAlphabetic || "0123456789.-+".unicodeScalars.contains(scalar))
      }
  }

  /// Whether a text is up to 64 small letters, digits and dashes, the first of them a letter.
  public static func isGood(_ text: String) -> Bool {
    guard let first = text.utf8.first, UInt8(ascii: "a")...UInt8(ascii: "z") ~= first else {
      return false
    }
    return text.utf8.count <= 64
      && text.utf8.allSatisfy { byte in
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
          || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "-")
      }
  }
}
