import ArgumentParser
import LatentZoo

/// `latentzoo plugin remove`: the opposite of `install`.
struct PluginRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove an installed plugin.",
    discussion: """
      Models it made stay: their graphs encode, decode and sample without it.

      EXAMPLES:
        latentzoo plugin remove ladder
      """)

  @Argument(help: "Name of the plugin.")
  var name: String

  @OptionGroup var plugins: PluginOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let folders = PluginFolder.all(given: plugins.folder)
    let folder = folders.first { $0.names().contains(name) } ?? plugins.home
    try PluginInstaller(into: folder).remove(plugin: name)
    guard !output.json else {
      return try output.console.print(json: ["removed": folder.path(of: name)])
    }
    output.console.message("removed \(folder.path(of: name))")
  }
}
