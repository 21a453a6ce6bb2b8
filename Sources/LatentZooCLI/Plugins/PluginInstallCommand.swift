import ArgumentParser
import Foundation
import LatentZoo

/// `latentzoo plugin install`: a built plugin becomes part of what the command knows.
struct PluginInstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Install a built plugin, so that its architectures can be used by name.",
    discussion: """
      DIR is the plugin's source after latentzoo plugin build, or a folder with
      plugin.json and the library. A plugin runs as part of latentzoo and may do
      whatever you may: install only what you trust.

      EXAMPLES:
        latentzoo plugin install ladder
        latentzoo plugin install ladder --force
        latentzoo plugin install ladder --replace vae
      """)

  @Argument(help: ArgumentHelp("The built plugin.", valueName: "dir"))
  var folder = "."

  @Flag(help: "Take the place of an installed plugin of the same name.")
  var force = false

  @Option(
    help: ArgumentHelp(
      "An architecture of another provider whose place this plugin's may take; repeatable.",
      valueName: "name"))
  var replace: [String] = []

  @OptionGroup var plugins: PluginOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let source = try builtPlugin()
    let manifest = try PluginInstaller(into: plugins.home).install(
      from: source, replacing: replace, isForced: force
    ) { copy in
      let manifest = try PluginManifest(in: copy)
      let contents = try ChildProbe.contents(
        ofLibrary: "\(copy)/\(manifest.library.file)", plugin: manifest.name)
      try check(contents, against: manifest)
    }
    let place = plugins.home.path(of: manifest.name)
    guard !output.json else {
      return try output.console.print(json: PluginRow(manifest, folder: place))
    }
    try output.console.print(place)
    output.console.message("\(manifest.provider) brings \(manifest.contentsText)")
    let family = manifest.families.first ?? "ae --backbone \(manifest.backbones[0])"
    let named = plugins.folder.map { " --plugins \($0)" } ?? ""
    output.console.message("next: latentzoo train \(family) --data digits\(named)")
  }

  /// The folder with the manifest: the given one, or where building a package puts it.
  private func builtPlugin() throws -> String {
    let manager = FileManager.default
    guard !manager.fileExists(atPath: "\(folder)/\(PluginManifest.fileName)"),
      manager.fileExists(atPath: "\(folder)/\(PluginPackage.fileName)")
    else { return folder }
    return try PluginPackage(in: folder).product
  }

  /// Refuses what could not be used once it is installed.
  private func check(_ contents: PluginProbe.Contents, against manifest: PluginManifest) throws {
    let found = contents.families + contents.backbones
    let expected = manifest.families + manifest.backbones
    guard found == expected else {
      throw PluginError.wrongContents(plugin: manifest.name, expected: expected, found: found)
    }
    let registry = try BuiltIns.registry()
    for (kind, names, known) in [
      ("family", contents.families, registry.familyNames),
      ("backbone", contents.backbones, registry.backbones.map(\.identifier)),
    ] {
      for name in names where known.contains(name) && !replace.contains(name) {
        throw PluginError.nameTaken(
          plugin: manifest.name, kind: kind, identifier: name, present: BuiltIns.provider)
      }
    }
  }
}
