import ArgumentParser
import LatentZoo

/// `latentzoo card`: a Markdown document about a model, written from its own record.
struct CardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "card",
    abstract: "Write a Markdown model card.",
    discussion: """
      The card says what the model is, what it was trained on and how, what was
      measured, how to open it in each tool, and which limits follow from that; its
      front matter is as Hugging Face reads it. All of it comes from the file: the
      family need not be installed.

      EXAMPLES:
        latentzoo card vae-digits
        latentzoo card vae-digits --out README.md --pictures
        latentzoo card ./shared/model.h5 --json
      """)

  @Argument(help: "Name or path of the model.")
  var name: String

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "File to write instead of standard output; one of that name is replaced.",
      valueName: "file"))
  var out: String?

  @Flag(help: "Write the pictures in the file beside the card, and show them; needs --out.")
  var pictures = false

  @OptionGroup var zoo: ZooOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if pictures, out == nil { throw ValidationError("--pictures needs --out") }
    if output.json, out != nil { throw ValidationError("--json takes no --out") }
  }

  func run() throws {
    let path = try zoo.existingZoo().path(of: name)
    var card = ModelCard(
      try Checkpoint.readContents(at: path), registry: try zoo.registry(telling: output.console))
    guard let out else {
      return output.json
        ? try output.console.print(json: card)
        : try output.console.print(String(card.markdown.dropLast()))
    }
    if pictures { try card.illustrate(from: path, beside: out) }
    try card.write(to: out)
    output.console.message("wrote \(out)")
  }
}
