import ArgumentParser
import LatentZoo

/// Where plugins are kept.
struct PluginOptions: ParsableArguments {
  @Option(
    name: .customLong("plugins"),
    help: ArgumentHelp("Folder of installed plugins.", valueName: "dir"))
  var folder: String?

  /// The folder to install into and remove from.
  var home: PluginFolder { PluginFolder.home(given: folder) }
}
