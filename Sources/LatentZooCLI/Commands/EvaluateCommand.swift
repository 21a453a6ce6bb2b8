import ArgumentParser
import LatentZoo

/// `latentzoo evaluate`: measures a model on data.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure a model on data.",
    discussion: """
      Reports the model's own losses and its squared error; where the data has labels
      also how well the classes can be told from the codes: by their nearest
      neighbours, by a linear classifier, and by clusters that k-means finds without
      the labels.

      Codes of the test part are classified by those of the training part; where
      there is no test part, each code by all others, by the linear classifier in
      --folds. Of more than 10,000 codes to compare with, as many are drawn by the
      seed.

      --controls shows what the linear classifier makes of simpler features of
      sentences: the mean of the model's own word vectors, and TF-IDF.

      With --importance-samples, families with a likelihood also report the negative
      log-likelihood of the data, in nats per example.

      Where the model was trained towards a prior, the maximum mean discrepancy tells
      how far its codes are from it: 0 for the same distribution, of standardised
      codes, at most 5,000.

      With --corruption the examples are also damaged, and the squared error of what
      comes back is measured against the undamaged ones.

      EXAMPLES:
        latentzoo evaluate vae-digits --data digits
        latentzoo evaluate vae-mnist --data idx:data/mnist --json
        latentzoo evaluate vae-mnist --data idx:data/mnist --part train --limit 5000
        latentzoo evaluate vae-mnist --data idx:data/mnist --importance-samples 1000
        latentzoo evaluate denoising-ae-mnist --data idx:data/mnist --corruption masking
        latentzoo evaluate skip-thought-books --data tsv:data/mr --folds 10 --controls
      """)

  @Argument(help: "Name or path of the model.")
  var name: String

  @Option(help: ArgumentHelp("What to measure on: \(DataSource.usages).", valueName: "source"))
  var data: String

  @OptionGroup var dataArguments: DataArguments
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var damage: CorruptionOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Decides all that is drawn at random.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "Codes drawn for each example to estimate its likelihood; 1000 are usual.", valueName: "n"))
  var importanceSamples: Int?

  @Option(
    help: ArgumentHelp(
      "Compare the codes with this prior instead of the model's: standardNormal, uniform, "
        + "gaussianMixture, swissRoll, or JSON with settings.", valueName: "prior"))
  var prior: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Folds of the linear classifier without a test part.", valueName: "n"))
  var folds = 5

  @Flag(help: "Fit the linear classifier on simpler features of sentences too.")
  var controls = false

  @OptionGroup var zoo: ZooOptions
  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (2...1000).contains(folds) else {
      throw ValidationError("--folds lies in 2...1000, got \(folds)")
    }
  }

  private func options(_ engine: Engine) throws -> EvaluationOptions {
    var options = EvaluationOptions()
    options.seed = seed
    options.sampling = try importanceSamples.map {
      try ImportanceSampling(sampleCount: $0, on: engine)
    }
    options.corruption = damage.corruption
    options.prior = try prior.map { try LatentPrior(parsing: $0) }
    (options.folds, options.hasControls) = (folds, controls)
    return options
  }

  func run() throws {
    let engine = try engine.engine()
    let options = try options(engine)
    let model = try zoo.openModel(name, on: engine, telling: output.console)
    let selected = try DataSelection(
      selection.part,
      of: try DataSource(parsing: data).open(model.dataOptions(dataArguments.values)),
      limit: selection.limit)
    let evaluation = try model.evaluate(on: selected, options, engine: engine)
    if output.json {
      try output.console.print(json: evaluation)
    } else {
      try output.console.print(evaluation.text(featureCount: model.dataShape.featureCount))
    }
  }
}
