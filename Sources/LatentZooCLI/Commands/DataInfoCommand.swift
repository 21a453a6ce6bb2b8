import ArgumentParser
import LatentZoo

/// `latentzoo data info`: what is in a data source.
struct DataInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Show what is in a data source.",
    discussion: """
      Reads the source as training would, every example once: what is wrong with a
      file is said here too.

      EXAMPLES:
        latentzoo data info digits
        latentzoo data info idx:data/mnist --json
        latentzoo data info h5:faces.h5#/images --data-option labels=/people
        latentzoo data info csv:wine.csv --data-option label=kind
      """)

  @Argument(help: ArgumentHelp("What to look at: \(DataSource.usages).", valueName: "source"))
  var source: String

  @OptionGroup var dataArguments: DataArguments
  @OptionGroup var output: OutputOptions

  func run() throws {
    let parts = try DataSource(parsing: source).open(DataOptions(values: dataArguments.values))
    let card = DataCard(parts)
    if output.json {
      try output.console.print(json: card)
    } else {
      try output.console.print(card.text)
      if DataFile.isDrawable(parts.train.shape) {
        let shown = 0..<min(parts.train.count, 16)
        output.console.preview(
          try ImageGrid.terminal.picture(of: try parts.train.examples(shown)))
      }
    }
  }
}
