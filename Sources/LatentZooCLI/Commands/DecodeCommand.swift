import ArgumentParser
import LatentZoo

/// `latentzoo decode`: codes to data.
struct DecodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode",
    abstract: "Turn codes into data.",
    discussion: """
      Reads codes [N, latent size] and writes what they stand for, by default to
      NAME-decoded.png in the current folder, .txt where examples are sentences and .npy
      where they are other numbers.
      Rows of a table are written to .csv in their raw units.
      The file is written as a whole or not at all; a file of that name is replaced.

      EXAMPLES:
        latentzoo decode vae-digits codes.npy
        latentzoo decode vae-digits results.h5#/model/codes --out decoded.npy
        latentzoo decode vae-digits codes.csv --out -
      """)

  @Argument(help: "Name or path of the model.")
  var name: String

  @Argument(
    help: ArgumentHelp(
      "File of codes: FILE.npy, FILE.csv, FILE.h5 or FILE.h5#/dataset.", valueName: "codes"))
  var codes: String

  @OptionGroup var target: ArrayOutputOptions
  @OptionGroup var zoo: ZooOptions
  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  func validate() throws { try target.validate(with: output) }

  func run() throws {
    let model = try zoo.openModel(name, on: try engine.engine(), telling: output.console)
    let place = try ArrayOutput(
      target.out, for: model, suffix: "decoded", ending: model.usualEnding)
    try place.check(for: model)
    let codes = try DataFile.readCodes(codes, latentSize: model.record.latentSize)
    let decoded = try model.decode(codes)
    let report = WrittenReport("decoded example", of: model, decoded, to: place, data: self.codes)
    try place.deliver(decoded, as: model.text(of: decoded), report, output) {
      try model.write(decoded, to: $0)
    }
  }
}
