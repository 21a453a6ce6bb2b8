import ArgumentParser
import LatentZoo

/// `latentzoo info`: the card of a model, or of a family.
struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Show what is known about a model, or about a family.",
    discussion: """
      NAME is a model in the zoo or a checkpoint file; where there is no such model
      it may be a family, a preset or a backbone, whose settings are shown with their
      types, defaults, ranges and what they are for. No weights are run, and the family
      of a model need not be installed.

      EXAMPLES:
        latentzoo info vae-digits
        latentzoo info vae-digits --weights
        latentzoo info ./shared/model.h5 --json
        latentzoo info vae
        latentzoo info residual --json
      """)

  @Argument(help: "A model, a file, a family, a preset or a backbone.")
  var name: String

  @Flag(help: "Show every tensor with its place in the file and its statistics.")
  var weights = false

  @OptionGroup var zoo: ZooOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let registry = try zoo.registry(telling: output.console)
    let path: String
    do {
      path = try zoo.existingZoo().path(of: name)
    } catch let error as ZooError {
      guard case .notFound(_, let folders, let known) = error else { throw error }
      guard let card = try ArchitectureCard(name, in: registry) else {
        throw ZooError.notFound(
          name: name, folders: folders, known: known + registry.architectureNames)
      }
      return try show(card, card.text)
    }
    let contents = try Checkpoint.readContents(at: path, measuringTensors: weights)
    let card = ModelInfo(contents, path: path, registry: registry)
    try show(card, weights ? card.weightsText : card.text)
  }

  private func show(_ card: some Encodable, _ text: String) throws {
    if output.json {
      try output.console.print(json: card)
    } else {
      try output.console.print(text)
    }
  }
}
