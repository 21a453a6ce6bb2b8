import Foundation
import LatentZoo

/// The source of a plugin: a folder with Swift files and a description of them.
struct PluginPackage {
  /// What `latentzoo-plugin.json` says.
  struct Description: Codable {
    /// Name of the plugin.
    var name: String
    /// Its version, such as `0.1.0`.
    var version: String
    /// What it is for, in one line.
    var summary: String
    /// The folder of its Swift files, whose last part is the module's name.
    var sources: String
    /// The type that conforms to `ZooPlugin`.
    var plugin: String
  }

  /// The package's folder.
  let folder: String
  let description: Description

  static let fileName = "latentzoo-plugin.json"

  /// Reads the description in a folder.
  ///
  /// - Throws: ``PluginBuildError``.
  init(in folder: String) throws {
    let path = "\(folder)/\(Self.fileName)"
    guard let data = FileManager.default.contents(atPath: path) else {
      throw PluginBuildError.noPackage(path: path)
    }
    do {
      description = try JSONDecoder().decode(Description.self, from: data)
    } catch {
      throw PluginBuildError.badDescription(
        path: path, reason: "name, version, summary, sources and plugin are texts, and all needed")
    }
    self.folder = folder
    guard PluginName.isGood(description.name) else {
      throw PluginBuildError.badDescription(
        path: path, reason: "a name is of small letters, digits and dashes")
    }
    guard PluginName.isVersion(description.version) else {
      throw PluginBuildError.badDescription(path: path, reason: "a version is like 0.1.0")
    }
    for word in [description.plugin, module] where !Self.isIdentifier(word) {
      throw PluginBuildError.badDescription(path: path, reason: "\"\(word)\" is no name in Swift")
    }
  }

  /// Name of the module.
  var module: String { (description.sources as NSString).lastPathComponent }

  /// Where the built plugin goes.
  var product: String { "\(folder)/.build/latentzoo/\(description.name)" }

  /// The Swift files, in order.
  ///
  /// - Throws: ``PluginBuildError/noSources(folder:)``.
  func sources() throws -> [String] {
    let root = "\(folder)/\(description.sources)"
    let found = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    let files = found.filter { $0.hasSuffix(".swift") }.sorted().map { "\(root)/\($0)" }
    guard !files.isEmpty else { throw PluginBuildError.noSources(folder: root) }
    return files
  }

  private static func isIdentifier(_ word: String) -> Bool {
    guard let first = word.unicodeScalars.first, first.properties.isXIDStart || first == "_" else {
      return false
    }
    return word.unicodeScalars.allSatisfy { $0.properties.isXIDContinue }
  }
}
