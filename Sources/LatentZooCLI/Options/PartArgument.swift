import ArgumentParser
import LatentZoo

extension DataSelection.Part: ExpressibleByArgument {}

/// Which examples of a source a model is used on.
struct SelectionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Part of the source; auto is the test part where there is one, otherwise everything.",
      valueName: "part"))
  var part = DataSelection.Part.auto

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Take the first so many examples only.", valueName: "n"))
  var limit: Int?

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit is at least 1, got \(limit)") }
  }
}
