import ArgumentParser
import LatentZoo

/// `latentzoo diff`: what differs between two models.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show what differs between two models.",
    discussion: """
      Compares settings key by key, data, training, metrics, the recorded networks
      operator by operator, and every weight. Differences of weights are sorted by
      their norm, relative to the first model's. Pictures and training state are not
      looked at. Neither family need be installed.

      Exit status 0: the models are the same; names, dates and times are shown but
      do not count. Status 1: they differ, and standard output says in what; or a
      file could not be read, and standard output is empty.

      EXAMPLES:
        latentzoo diff vae-digits vae-digits.beta4
        latentzoo diff vae-digits ./shared/vae-digits.h5 --json
        latentzoo diff a b > changes.txt && echo the same
      """)

  @Argument(help: "Name or path of a model.")
  var first: String

  @Argument(help: "Name or path of another.")
  var second: String

  @OptionGroup var zoo: ZooOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let zoo = try zoo.existingZoo()
    let comparison = try Checkpoint.compare(
      try zoo.path(of: first), with: try zoo.path(of: second))
    if output.json {
      try output.console.print(json: DiffReport(comparison))
    } else {
      try output.console.print(DiffReport(comparison).text)
    }
    if !comparison.isEqual { throw ExitCode.failure }
  }
}
