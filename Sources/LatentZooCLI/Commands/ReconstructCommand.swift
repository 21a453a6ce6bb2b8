import ArgumentParser
import LatentZoo

/// `latentzoo reconstruct`: data through a model and back.
struct ReconstructCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconstruct",
    abstract: "Show what comes back of data after encoding and decoding.",
    discussion: """
      Draws each row of originals above the row of their reconstructions, by default
      to NAME-reconstructions.png in the current folder. To .npy, .h5 and .csv the
      reconstructions alone are written; that is the default (.npy) where examples are
      no images. Sentences go to .txt, a tab between each and what comes back. The file
      is written as a whole or not at all; a file of that name is replaced.

      EXAMPLES:
        latentzoo reconstruct vae-digits --data digits
        latentzoo reconstruct vae-mnist --data idx:data/mnist --count 40 --out pairs.png
        latentzoo reconstruct vae-digits --data digits --count 500 --out back.npy
      """)

  @Argument(help: "Name or path of the model.")
  var name: String

  @Option(
    help: ArgumentHelp("What to reconstruct: \(ExampleInput.usages).", valueName: "source|file"))
  var data: String

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Number of examples, the first.", valueName: "n"))
  var count = 16

  @Option(
    help: ArgumentHelp(
      "Part of the source; auto is the test part where there is one, otherwise everything.",
      valueName: "part"))
  var part = DataSelection.Part.auto

  @OptionGroup var dataArguments: DataArguments
  @OptionGroup var target: ArrayOutputOptions
  @OptionGroup var zoo: ZooOptions
  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    try target.validate(with: output)
    guard count >= 1 else { throw ValidationError("--count is at least 1, got \(count)") }
  }

  func run() throws {
    let model = try zoo.openModel(name, on: try engine.engine())
    let place = try ArrayOutput(
      target.out, for: model, suffix: "reconstructions", ending: model.usualEnding)
    try place.check(for: model)
    let isPicture = DataFile.isPicture(place.path)
    let input = try ExampleInput(
      data, dataArguments, part: part, limit: count, for: model, output.console)
    if isPicture, input.count > ImageGrid.mostImages / 2 {
      throw UseError.tooManyImages(found: 2 * input.count, limit: ImageGrid.mostImages)
    }
    let originals = try input.examples()
    let rebuilt = try model.reconstruct(originals, labels: input.labels)
    let report = WrittenReport(
      "reconstruction", of: model, rebuilt, to: place, data: input.description)
    let pairs = model.vocabulary.map { Self.lines(pairing: originals, with: rebuilt, $0) }
    try place.deliver(rebuilt, report, output, lines: pairs) { path in
      if DataFile.isText(path), let pairs { return try DataFile.write(lines: pairs, to: path) }
      guard isPicture else { return try ArrayFile.write(rebuilt, labels: input.labels, to: path) }
      try Self.grid(count: input.count).picture(pairing: originals, with: rebuilt)
        .write(toPNG: path)
    }
    if DataFile.isDrawable(model.dataShape) {
      let shown = 0..<min(input.count, 8)
      output.console.preview(
        try ImageGrid.terminal.picture(pairing: originals.rows(shown), with: rebuilt.rows(shown)))
    }
  }

  /// Each sentence, a tab and its reconstruction.
  private static func lines(
    pairing originals: NDArray, with rebuilt: NDArray, _ vocabulary: Vocabulary
  ) -> [String] {
    zip(vocabulary.sentences(of: originals), vocabulary.sentences(of: rebuilt))
      .map { "\($0)\t\($1)" }
  }

  /// Eight pairs in a row, more where there are many.
  private static func grid(count: Int) -> ImageGrid {
    ImageGrid(columns: max(8, Int(Double(2 * count).squareRoot())))
  }
}
