import ArgumentParser
import LatentZoo

/// `latentzoo encode`: data to codes.
struct EncodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "encode",
    abstract: "Turn data into codes.",
    discussion: """
      Writes codes [N, latent size], by default to NAME-codes.npy in the current
      folder. Labels, where the data has some, are written beside them to .h5, at
      /labels. The file is written as a whole or not at all; a file of that name is
      replaced.

      Numbers in a file are taken as they are: give them in the model's units, pixels
      in 0...1. A .png is one image.

      EXAMPLES:
        latentzoo encode vae-digits --data digits
        latentzoo encode vae-mnist --data idx:data/mnist --part train --out codes.h5
        latentzoo encode vae-digits --data pictures.npy --out codes.csv
        latentzoo encode vae-digits --data digits --limit 5 --out -
      """)

  @Argument(help: "Name or path of the model.")
  var name: String

  @Option(help: ArgumentHelp("What to encode: \(ExampleInput.usages).", valueName: "source|file"))
  var data: String

  @OptionGroup var dataArguments: DataArguments
  @OptionGroup var selection: SelectionOptions

  @Option(
    help: ArgumentHelp(
      "File to write, ending in .npy, .h5 or .csv; - for CSV on standard output.",
      valueName: "file"))
  var out: String?

  @OptionGroup var zoo: ZooOptions
  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  func validate() throws { try ArrayOutputOptions.validate(out, with: output) }

  func run() throws {
    let model = try zoo.openModel(name, on: try engine.engine(), telling: output.console)
    let place = try ArrayOutput(out, for: model, suffix: "codes", ending: "npy")
    try place.checkForCodes()
    let input = try ExampleInput(
      data, dataArguments, part: selection.part, limit: selection.limit, for: model,
      output.console)
    let codes = try input.codes(of: model)
    let report = WrittenReport("code", of: model, codes, to: place, data: input.description)
    try place.deliver(codes, report, output) {
      try ArrayFile.write(codes, labels: input.labels, to: $0)
    }
  }
}
