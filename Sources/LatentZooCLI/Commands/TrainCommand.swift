import ArgumentParser
import LatentZoo

/// `latentzoo train`: trains a model and keeps it in the zoo.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a model and keep it in the zoo.",
    discussion: """
      FAMILY is a family or a preset; `latentzoo list --families` shows them, and
      `latentzoo info FAMILY` its settings.

      A recipe is a file of arguments: @FILE stands for what it holds, and what
      follows overrides it.

      Ctrl-C stops after the step under way and keeps what was learned; a second
      Ctrl-C ends at once.

      EXAMPLES:
        latentzoo train vae --data digits
        latentzoo train vae --data idx:data/mnist --set latentSize=10 --epochs 30
        latentzoo train deep-ae --data idx:data/mnist --name deep-ae-mnist.wide \\
          --set 'hiddenSizes=[2000, 500]' --learning-rate 3e-4 --schedule cosine
        latentzoo train vae --data digits --epochs 1 --profile
        latentzoo train @Recipes/deep-ae-mnist.txt --data idx:data/mnist
        latentzoo train ae --data digits --optimizer sgd --momentum 0.9 --json
      """)

  @Argument(help: "Family or preset.")
  var family: String

  @Option(help: ArgumentHelp("What to train on: \(DataSource.usages).", valueName: "source"))
  var data: String

  @OptionGroup var dataArguments: DataArguments

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
        + "otherwise a tenth.", valueName: "share"))
  var validation = ValidationArgument.automatic

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Least time between two checkpoints during training; 0 saves after every epoch.",
      valueName: "seconds"))
  var checkpointInterval = 60.0

  @Option(
    name: .customLong("labels"), parsing: .unconditional,
    help: ArgumentHelp(
      "Show only so many labels, evenly spread over the classes (default: all).", valueName: "n"))
  var labelLimit: Int?

  @Option(
    name: [.customLong("licence"), .customLong("license")],
    help: ArgumentHelp("Licence of the weights, such as CC-BY-4.0.", valueName: "name"))
  var licence = ""

  @Flag(help: "Report where the time of the training steps went, by operator and objective.")
  var profile = false

  @Flag(help: "Keep the initial weights: a model to compare trained ones with.")
  var untrained = false

  @Flag(help: "Replace a model of the same name.")
  var force = false

  @OptionGroup var zoo: ZooOptions
  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let console = output.console
    let registry = try BuiltIns.registry()
    _ = try registry.family(named: family)
    let job = try makeJob()
    let parts = try DataSource(parsing: data)
      .open(DataOptions(values: dataArguments.values))
    let prepared = try job.prepared(on: parts, registry: registry, engine: try engine.engine())
    let path = try zoo.zoo.newPath(for: prepared.name, replacing: force)
    var measured: ProfileReport?
    if profile { prepared.reportProfile { measured = ProfileReport($0) } }
    let start = ContinuousClock().now
    let trained = try train(prepared, to: path, console)
    let duration = ContinuousClock().now - start
    let report = TrainReport(trained, path: path, duration: duration, profile: measured)
    if output.json {
      try console.print(json: report)
    } else {
      try console.print(report.text)
      if let pairs = trained.preview { console.preview(try pairs.terminalPicture()) }
      for line in report.nextSteps(in: zoo) { console.message(line) }
    }
    if let status = Interrupt.exitStatus { throw ExitCode(status) }
  }

  private func makeJob() throws -> TrainingJob {
    var job = TrainingJob(family: family)
    job.backbone = backbone
    job.settings = try settings.map { try Setting(parsing: $0) }
    job.name = try name.map { try ModelName($0) }
    job.options = try training.options()
    job.validation = validation.choice
    job.checkpointInterval = checkpointInterval
    job.licence = licence
    job.labelLimit = labelLimit
    job.isUntrained = untrained
    return job
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

extension PreparedTraining {
  /// What is about to happen, in one line.
  fileprivate var summary: String {
    let threads = trainer.engine.threadCount
    var parts = [
      "training \(name): \(specification.family) on \(specification.backbone), "
        + "\(NumberText.count(family.parameterCount)) parameters",
      "\(NumberText.count(data.count)) examples of \(specification.dataShape)",
    ]
    if let (dataset, indices) = data.validation {
      parts.append("\(NumberText.count(indices?.count ?? dataset.count)) held back")
    }
    parts.append(threads == 1 ? "1 thread" : "\(threads) threads")
    return parts.joined(separator: ", ")
  }
}

extension PreviewPairs {
  /// The pairs without enlargement, to fit a terminal.
  fileprivate func terminalPicture() throws -> Picture {
    try picture(ImageGrid(columns: 8, padding: 1, scale: 1))
  }
}
