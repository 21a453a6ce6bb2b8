import ArgumentParser

/// `latentzoo data`: what models can be trained on.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Show data sources and what is in them.",
    discussion: """
      EXAMPLES:
        latentzoo data list
        latentzoo data info digits
        latentzoo data info images:photos --data-option size=64x64
      """,
    subcommands: [DataListCommand.self, DataInfoCommand.self])
}
