import ArgumentParser

/// `latentzoo plugin`: architectures that are loaded at run time.
struct PluginCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugin",
    abstract: "Make, build and install architectures that load at run time.",
    discussion: """
      A plugin is one Swift file or a few, with a family or a backbone of your own.
      Installed, it is listed, trained, saved and opened like those that come with
      latentzoo. Plugins are looked up in --plugins DIR, in the folders of
      $LATENTZOO_PLUGINS and in the user's data folder; one that nobody installed,
      that others could have changed, or that was built for another latentzoo is
      left out with a note.

      EXAMPLES:
        latentzoo plugin new ladder
        latentzoo plugin build ladder
        latentzoo plugin install ladder
        latentzoo train ladder --data digits
        latentzoo plugin list
      """,
    subcommands: [
      PluginNewCommand.self, PluginBuildCommand.self, PluginInstallCommand.self,
      PluginListCommand.self, PluginRemoveCommand.self, PluginProbeCommand.self,
    ])
}
