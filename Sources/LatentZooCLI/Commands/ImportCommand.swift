import ArgumentParser
import LatentZoo

/// `latentzoo import`: a model of weights that another tool has written.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make a model of weights from another tool.",
    discussion: """
      Reads a safetensors file, such as PyTorch's state_dict saved with the package
      safetensors, into the networks of a model in the zoo (--like) or of a family.
      Weights are matched by name, dots or slashes between the parts, and by shape;
      every one that is missing, unexpected or of another shape is reported, and
      nothing is saved then. `latentzoo info NAME --weights` shows the names.

      EXAMPLES:
        latentzoo import weights.safetensors --like vae-digits --name vae-digits.torch
        latentzoo import weights.safetensors --like vae-digits --name mine \\
          --map module.= --map fc1=encoder/head/mean
        latentzoo import weights.safetensors --family vae --set latentSize=10 \\
          --shape 1x28x28 --name vae-mnist.torch
      """)

  @Argument(help: ArgumentHelp("File of weights.", valueName: "file.safetensors"))
  var file: String

  @Option(
    name: .customLong("name"), help: ArgumentHelp("Name of the new model.", valueName: "name"))
  var newName: String

  @Option(help: ArgumentHelp("A model with the same networks and data.", valueName: "name"))
  var like: String?

  @OptionGroup(title: "Networks without a model like them")
  var networks: NetworkArguments

  @Option(
    name: .customLong("map"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Replace the beginning of names; repeatable, the first that meets a name counts.",
      valueName: "old=new"))
  var renamings: [String] = []

  @Option(
    name: [.customLong("licence"), .customLong("license")],
    help: ArgumentHelp("Licence of the weights, such as CC-BY-4.0.", valueName: "name"))
  var licence = ""

  @Flag(help: "Replace a model of the same name.")
  var force = false

  @OptionGroup var zoo: ZooOptions
  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    try networks.validate(beside: like)
  }

  func run() throws {
    let (name, engine) = (try ModelName(newName), try engine.engine())
    let renamings = try renamings.map { try WeightRenaming(parsing: $0) }
    let importer = ModelImporter(
      try SafetensorsFile(path: file), renamings: renamings,
      registry: try zoo.registry(telling: output.console),
      on: engine)
    let path = try zoo.zoo.newPath(for: name, replacing: force)
    do {
      let (model, report) = try makeModel(name, importer, engine)
      try Checkpoint.write(model, to: path)
      try show(Report(model, file: file, path: path, report))
    } catch let error as ExchangeError {
      if case .weightsDoNotFit(_, let report) = error, output.json {
        try output.console.print(json: Report(file: file, report))
      }
      throw error
    }
  }

  private func makeModel(
    _ name: ModelName, _ importer: ModelImporter, _ engine: Engine
  ) throws -> (model: Model, report: ImportReport) {
    if let like {
      let other = try zoo.openModel(like, on: engine, telling: output.console)
      return try importer.model(named: name, like: other.record, vocabulary: other.vocabulary)
    }
    return try importer.model(
      named: name, of: try networks.specification(from: importer.registry), licence: licence)
  }

  private func show(_ report: Report) throws {
    if output.json {
      try output.console.print(json: report)
    } else {
      try output.console.print(report.text)
    }
  }

  /// What became of the file.
  private struct Report: Encodable {
    let file: String
    /// The new model; left out where the weights do not fit.
    var name: String?
    var path: String?
    var parameterCount: Int?
    let weights: ImportReport

    init(file: String, _ weights: ImportReport) {
      self.file = file
      self.weights = weights
    }

    init(_ model: Model, file: String, path: String, _ weights: ImportReport) {
      self.init(file: file, weights)
      name = model.record.name
      self.path = path
      parameterCount = model.record.parameterCount
    }

    var text: String {
      "saved \(name ?? "") to \(path ?? ""): \(NumberText.count(weights.matchedCount)) weights of "
        + "\(file), \(NumberText.count(parameterCount ?? 0)) parameters"
        + (weights.ignored.isEmpty ? "" : "; left out " + weights.ignored.joined(separator: ", "))
    }
  }
}
