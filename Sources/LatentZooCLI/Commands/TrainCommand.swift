import ArgumentParser
import LatentZoo

/// `latentzoo train`: trains a model and keeps it in the zoo.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a model and keep it in the zoo.",
    usage: """
      latentzoo train <family> --data <source> [<options>]
             latentzoo train --resume <model> [--epochs <n>] [<options>]
      """,
    discussion: """
      FAMILY is a family or a preset; `latentzoo list --families` shows them, and
      `latentzoo info FAMILY` its settings.

      A recipe is a file of arguments: @FILE stands for what it holds, and what
      follows overrides it.

      Ctrl-C stops after the step under way and keeps what was learned; a second
      Ctrl-C ends at once. --resume goes on where a training was stopped or killed,
      and ends with the very weights it would have had; with more --epochs it goes
      on where a training ended. Data, settings and options are those of the
      beginning: what says something else is refused.

      EXAMPLES:
        latentzoo train vae --data digits
        latentzoo train vae --data idx:data/mnist --set latentSize=10 --epochs 30
        latentzoo train deep-ae --data idx:data/mnist --name deep-ae-mnist.wide \\
          --set 'hiddenSizes=[2000, 500]' --learning-rate 3e-4 --schedule cosine
        latentzoo train --resume vae-digits
        latentzoo train --resume vae-digits --epochs 50
        latentzoo train vae --data digits --epochs 100 --keep-best
        latentzoo train vae --data digits --epochs 1 --profile
        latentzoo train @Recipes/deep-ae-mnist.txt --data idx:data/mnist
        latentzoo train ae --data digits --optimizer sgd --momentum 0.9 --json
      """)

  @Argument(help: "Family or preset.")
  var family: String?

  @Option(help: ArgumentHelp("What to train on: \(DataSource.usages).", valueName: "source"))
  var data: String?

  @OptionGroup var dataArguments: DataArguments

  @Option(
    help: ArgumentHelp("Go on with the training of a model, by name or path.", valueName: "model"))
  var resume: String?

  @Option(
    help: ArgumentHelp("Name of the model (default: FAMILY-DATA).", valueName: "name"))
  var name: String?

  @Option(help: ArgumentHelp("What the networks are made of.", valueName: "name"))
  var backbone: String?

  @Option(
    name: .customLong("set"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A setting of family or backbone; repeatable.", valueName: "key=value"))
  var settings: [String] = []

  @OptionGroup(title: "Training options")
  var training: TrainingArguments

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Held-back share of the training examples, none, or auto: the test part where there is one, "
        + "otherwise a tenth (default: auto).", valueName: "share"))
  var validation: ValidationArgument?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Least time between two checkpoints during training; 0 saves after every epoch "
        + "(default: 60).", valueName: "seconds"))
  var checkpointInterval: Double?

  @Flag(
    help: "Keep the weights of the epoch with the least validation loss too, as NAME.best.")
  var keepBest = false

  @Flag(help: "Keep nothing but the weights: a third of the size, and no --resume.")
  var weightsOnly = false

  @Option(
    name: .customLong("labels"), parsing: .unconditional,
    help: ArgumentHelp(
      "Show only so many labels, evenly spread over the classes (default: all).", valueName: "n"))
  var labelLimit: Int?

  @Option(
    name: [.customLong("licence"), .customLong("license")],
    help: ArgumentHelp("Licence of the weights, such as CC-BY-4.0.", valueName: "name"))
  var licence: String?

  @Flag(help: "Report where the time of the training steps went, by operator and objective.")
  var profile = false

  @Flag(help: "Keep the initial weights: a model to compare trained ones with.")
  var untrained = false

  @Flag(help: "Replace a model of the same name.")
  var force = false

  @OptionGroup var zoo: ZooOptions
  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if resume != nil {
      if untrained { throw ValidationError("--untrained and --resume exclude each other") }
      return
    }
    guard family != nil else { throw ValidationError("Missing expected argument '<family>'") }
    guard data != nil else { throw ValidationError("Missing expected argument '--data <source>'") }
    try training.validateBeginning()
  }

  func run() throws {
    let registry = try zoo.registry(telling: output.console)
    guard let resume else { return try run(try beginning(registry)) }
    let training = try resumable(resume, registry)
    if training.isFinished { return try report(finished: training, registry) }
    try run(try continuation(of: training, named: resume, registry))
  }

  private func run(_ training: ReadyTraining) throws {
    let (console, path) = (output.console, training.path)
    var measured: ProfileReport?
    if profile { training.prepared.reportProfile { measured = ProfileReport($0) } }
    let start = ContinuousClock().now
    let trained = try train(training.prepared, to: path, console)
    let duration = ContinuousClock().now - start
    let report = TrainReport(trained, path: path, duration: duration, profile: measured)
    if output.json {
      try console.print(json: report)
    } else {
      try console.print(report.text)
      if let pairs = trained.preview { console.preview(try pairs.terminalPicture()) }
      for line in report.nextSteps(for: training.reference, in: zoo) { console.message(line) }
    }
    if let status = Interrupt.exitStatus { throw ExitCode(status) }
  }

  private func train(
    _ prepared: PreparedTraining, to path: String, _ console: Console
  ) throws -> TrainedModel {
    console.message(prepared.summary)
    Interrupt.hold()
    var progress = ProgressBar(console)
    defer { progress.finish() }
    return try prepared.run(savingTo: path) { step in
      progress.update(step)
      return Interrupt.signalNumber == nil ? .proceed : .stop
    }
  }
}

/// A training that only needs to be run, and where it is saved.
struct ReadyTraining {
  let prepared: PreparedTraining
  let path: String
  /// The model as it is named on a command line.
  let reference: String
}

extension PreviewPairs {
  /// The pairs without enlargement, to fit a terminal.
  fileprivate func terminalPicture() throws -> Picture {
    try picture(ImageGrid(columns: 8, padding: 1, scale: 1))
  }
}
