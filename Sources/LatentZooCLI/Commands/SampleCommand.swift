import ArgumentParser
import LatentZoo

/// `latentzoo sample`: new data from a model.
struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Draw new data from a model.",
    discussion: """
      Codes are drawn from the distribution the family was trained towards or, where
      there is none, from the density fitted on the training codes, and decoded.
      Writes a grid of images by default, to NAME-samples.png in the current folder,
      to .txt where examples are sentences and .npy where they are other numbers; rows
      of a table go to .csv in their raw units. The file is written as a whole or not at all; a file of that name is
      replaced. The same seed gives the same samples.

      EXAMPLES:
        latentzoo sample vae-digits
        latentzoo sample vae-digits --count 100 --seed 7 --out grid.png
        latentzoo sample vae-digits --count 1000 --out samples.npy
      """)

  @Argument(help: "Name or path of the model.")
  var name: String

  @Option(parsing: .unconditional, help: ArgumentHelp("Number of samples.", valueName: "n"))
  var count = 64

  @Option(parsing: .unconditional, help: ArgumentHelp("Decides what is drawn.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Class to sample, for a conditional model.", valueName: "name"))
  var label: String?

  @OptionGroup var target: ArrayOutputOptions
  @OptionGroup var zoo: ZooOptions
  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  /// Numbers in all samples together at most.
  private static let mostNumbers = 1 << 30

  func validate() throws {
    try target.validate(with: output)
    guard (1...1_000_000).contains(count) else {
      throw ValidationError("--count lies in 1...1000000, got \(count)")
    }
  }

  func run() throws {
    let model = try zoo.openModel(name, on: try engine.engine(), telling: output.console)
    let shape = model.dataShape
    let place = try ArrayOutput(
      target.out, for: model, suffix: "samples", ending: model.usualEnding)
    try place.check(for: model)
    try checkSize(model, isPicture: DataFile.isPicture(place.path))
    let chosen = try label.map { [Int](repeating: try model.label(named: $0), count: count) }
    let samples = try model.sample(count, labels: chosen, seed: seed)
    let report = WrittenReport("sample", of: model, samples, to: place, seed: seed)
    try place.deliver(samples, as: model.text(of: samples), report, output) {
      try model.write(samples, to: $0)
    }
    if DataFile.isDrawable(shape) {
      let shown = samples.rows(0..<min(count, 24))
      output.console.preview(try ImageGrid.terminal.picture(of: shown))
    }
  }

  private func checkSize(_ model: Model, isPicture: Bool) throws {
    let perSample = max(model.dataShape.featureCount, model.record.latentSize)
    if count > Self.mostNumbers / perSample {
      throw UseError.tooManySamples(found: count, limit: Self.mostNumbers / perSample)
    }
    if isPicture, count > ImageGrid.mostImages {
      throw UseError.tooManyImages(found: count, limit: ImageGrid.mostImages)
    }
  }
}
