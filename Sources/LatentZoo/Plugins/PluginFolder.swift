import Foundation

/// A folder of installed plugins: a folder for each, and a record of what the user installed.
///
/// What is not in the record is never loaded, however it came there.
public struct PluginFolder: Hashable, Sendable {
  /// The folder; it need not exist.
  public let path: String

  /// A plugin as it was installed.
  struct Entry: Codable, Hashable {
    /// SHA-256 of the manifest.
    var manifest: String
    /// When, ISO 8601.
    var installedAt: String
    /// Identifiers of others that its own may take the place of.
    var replaces: [String]
  }

  /// Names a folder.
  public init(_ path: String) { self.path = path }

  /// The folders in which plugins are looked up: a given one, those of `$LATENTZOO_PLUGINS` (separated by colons), and
  /// `plugins` in the user's data folder.
  public static func all(
    given: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> [PluginFolder] {
    let listed = (environment["LATENTZOO_PLUGINS"] ?? "").split(separator: ":").map(String.init)
    let paths = (given.map { [$0] } ?? []) + listed + ["\(Zoo.dataFolder(environment))/plugins"]
    var seen: Set<String> = []
    return paths.filter { seen.insert($0).inserted }.map(PluginFolder.init)
  }

  /// Where plugins are installed: the first of ``all(given:environment:)``.
  public static func home(
    given: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> PluginFolder {
    all(given: given, environment: environment)[0]
  }

  /// Where a plugin of a name lies, or would lie.
  public func path(of plugin: String) -> String { "\(path)/\(plugin)" }

  /// Names of the folders in it that hold a manifest or a library, in order.
  public func names() -> [String] {
    guard let found = try? FileManager.default.contentsOfDirectory(atPath: path) else { return [] }
    return found.filter { name in
      !name.hasPrefix(".") && isFolder(path(of: name))
    }.sorted()
  }

  private func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  private var recordPath: String { "\(path)/installed.json" }

  /// What was installed, by name.
  ///
  /// - Throws: ``PluginError/malformedManifest(path:reason:)``, ``PluginError/unsafe(path:reason:mend:)``.
  func entries() throws(PluginError) -> [String: Entry] {
    guard access(recordPath, F_OK) == 0 else { return [:] }
    try PluginFile.checkOwned(recordPath)
    let data = try PluginFile.contents(of: recordPath, atMost: PluginManifest.mostBytes)
    do {
      return try JSONDecoder().decode([String: Entry].self, from: data)
    } catch {
      throw .malformedManifest(
        path: recordPath, reason: "it is not the record of what is installed")
    }
  }

  /// Writes what was installed, as a whole.
  ///
  /// - Throws: ``PluginError/unwritable(path:reason:)``.
  func write(_ entries: [String: Entry]) throws(PluginError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    do {
      let data = try encoder.encode(entries) + Data("\n".utf8)
      try DurableFile.replace(
        recordPath,
        write: { temporary in
          try data.write(to: URL(fileURLWithPath: temporary))
          chmod(temporary, 0o644)
        }, verify: { _ in })
    } catch CheckpointError.unwritable(_, let reason) {
      throw .unwritable(path: recordPath, reason: reason)
    } catch {
      throw .unwritable(path: recordPath, reason: "the system refused")
    }
  }
}
