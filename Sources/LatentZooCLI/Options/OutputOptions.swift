import ArgumentParser

/// What is printed, and how.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print one JSON document on standard output.")
  var json = false

  @Flag(name: [.short, .long], help: "Print results and errors only.")
  var quiet = false

  @Option(
    name: [.customLong("colour"), .customLong("color")],
    help: ArgumentHelp(
      "Colours on the terminal; $NO_COLOR switches auto to never.", valueName: "when"))
  var colour = ColourChoice.auto

  /// The console these options ask for.
  var console: Console { Console(isQuiet: quiet, colour: colour) }
}

/// When output has colours.
enum ColourChoice: String, CaseIterable, ExpressibleByArgument {
  case auto, always, never
}
