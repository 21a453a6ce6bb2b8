import Foundation
import LatentZoo

/// The source of a new plugin.
struct PluginTemplate {
  /// What the plugin brings.
  enum Kind { case family, backbone }

  /// A file of the package.
  struct File {
    /// Its path in the package.
    let path: String
    let text: String
  }

  /// Name of the plugin and of its architecture, such as `ladder-ae`.
  let name: String
  let kind: Kind
  let dependency: PackageDependency

  /// The architecture's type, such as `LadderAe`.
  var type: String {
    name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  /// The module, such as `LadderAeFamily`.
  var module: String { type + (kind == .family ? "Family" : "Backbone") }

  /// The type that registers, such as `LadderAePlugin`.
  var plugin: String { type + "Plugin" }

  /// The name in words, such as `Ladder ae`.
  var title: String {
    let words = name.replacingOccurrences(of: "-", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  /// What to train it with, after `latentzoo train`.
  var trainingArguments: String {
    kind == .family ? "\(name) --data digits" : "ae --backbone \(name) --data digits"
  }

  /// All files of the package.
  var files: [File] {
    [
      File(path: PluginPackage.fileName, text: description),
      File(path: "Package.swift", text: manifest),
      File(path: "README.md", text: readme),
      File(path: ".gitignore", text: ".build/\nPackage.resolved\n"),
      File(
        path: "Sources/\(module)/\(type).swift",
        text: kind == .family ? familySource : backboneSource),
      File(path: "Sources/\(module)/\(plugin).swift", text: pluginSource),
      File(path: "Tests/\(module)Tests/\(type)Tests.swift", text: testSource),
    ]
  }

  /// Writes the package.
  ///
  /// - Throws: ``PluginBuildError/folderExists(_:)``, ``PluginBuildError/unwritable(path:)``.
  func write(to folder: String) throws {
    guard !FileManager.default.fileExists(atPath: folder) else {
      throw PluginBuildError.folderExists(folder)
    }
    for file in files {
      let url = URL(fileURLWithPath: "\(folder)/\(file.path)")
      do {
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(file.text.utf8).write(to: url)
      } catch {
        throw PluginBuildError.unwritable(path: url.path)
      }
    }
  }
}
