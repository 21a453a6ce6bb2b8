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

      With --corruption examples are damaged first; the picture then has three rows:
      originals, damaged, restored.

      EXAMPLES:
        latentzoo reconstruct vae-digits --data digits
        latentzoo reconstruct vae-mnist --data idx:data/mnist --count 40 --out pairs.png
        latentzoo reconstruct vae-digits --data digits --count 500 --out back.npy
        latentzoo reconstruct denoising-ae-mnist --data idx:data/mnist --corruption masking
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
  @OptionGroup var damage: CorruptionOptions

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Decides the damage.", valueName: "n"))
  var seed: UInt64 = 1

  @OptionGroup var target: ArrayOutputOptions
  @OptionGroup var zoo: ZooOptions
  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    try target.validate(with: output)
    guard count >= 1 else { throw ValidationError("--count is at least 1, got \(count)") }
  }

  func run() throws {
    let engine = try engine.engine()
    let model = try zoo.openModel(name, on: engine, telling: output.console)
    let place = try ArrayOutput(
      target.out, for: model, suffix: "reconstructions", ending: model.usualEnding)
    try place.check(for: model)
    let isPicture = DataFile.isPicture(place.path)
    let input = try ExampleInput(
      data, dataArguments, part: part, limit: count, for: model, output.console)
    let isDamaged = damage.corruption.kind != .none
    let shownCount = (isDamaged ? 3 : 2) * input.count
    if isPicture, shownCount > ImageGrid.mostImages {
      throw UseError.tooManyImages(found: shownCount, limit: ImageGrid.mostImages)
    }
    var versions = [try input.examples()]
    if isDamaged { versions.append(try damaged(versions[0], for: model, on: engine)) }
    let rebuilt = try model.reconstruct(versions[versions.count - 1], labels: input.labels)
    versions.append(rebuilt)
    let report = WrittenReport(
      "reconstruction", of: model, rebuilt, to: place, data: input.description)
    let pairs = model.vocabulary.map { Self.lines(pairing: versions[0], with: rebuilt, $0) }
    let text = pairs.map { $0.map { $0 + "\n" }.joined() } ?? model.text(of: rebuilt)
    try place.deliver(rebuilt, as: text, report, output) { path in
      if DataFile.isText(path), let pairs { return try DataFile.write(lines: pairs, to: path) }
      guard isPicture else {
        return try model.write(rebuilt, labels: input.labels, to: path)
      }
      try Self.grid(count: input.count).picture(stacking: versions).write(toPNG: path)
    }
    if DataFile.isDrawable(model.dataShape) {
      let shown = 0..<min(input.count, 8)
      output.console.preview(
        try ImageGrid.terminal.picture(stacking: versions.map { $0.rows(shown) }))
    }
  }

  /// Each sentence, a tab and its reconstruction.
  private static func lines(
    pairing originals: NDArray, with rebuilt: NDArray, _ vocabulary: Vocabulary
  ) -> [String] {
    zip(vocabulary.sentences(of: originals), vocabulary.sentences(of: rebuilt))
      .map { "\($0)\t\($1)" }
  }

  private func damaged(
    _ examples: NDArray, for model: Model, on engine: Engine
  ) throws -> NDArray {
    try damage.corruption.check(model.record.specification.data)
    return try damage.corruption.applied(to: examples, seed: seed, on: engine)
  }

  /// Eight pairs in a row, more where there are many.
  private static func grid(count: Int) -> ImageGrid {
    ImageGrid(columns: max(8, Int(Double(2 * count).squareRoot())))
  }
}
