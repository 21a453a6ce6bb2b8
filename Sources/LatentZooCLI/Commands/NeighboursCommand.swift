import ArgumentParser
import LatentZoo

/// `latentzoo neighbours`: what a model finds similar.
struct NeighboursCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "neighbours",
    abstract: "Find the examples whose codes are nearest.",
    discussion: """
      Encodes the data and ranks its examples by the cosine of the angle between
      their codes and that of a query, seen from the mean of the data's codes. The
      query is a sentence for a model of sentences, or an example of the data itself,
      counted from 0.

      EXAMPLES:
        latentzoo neighbours skip-thought-books --data text:books.txt \\
          --query "He opened the door and went out."
        latentzoo neighbours vae-mnist --data idx:data/mnist --index 7 --count 10
      """)

  @Argument(help: "Name or path of the model.")
  var name: String

  @Option(help: ArgumentHelp("Where to look: \(DataSource.usages).", valueName: "source"))
  var data: String

  @Option(help: ArgumentHelp("A sentence to find similar ones of.", valueName: "text"))
  var query: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("An example of the data to find similar ones of.", valueName: "n"))
  var index: Int?

  @Option(parsing: .unconditional, help: ArgumentHelp("How many to find.", valueName: "n"))
  var count = 5

  @OptionGroup var dataArguments: DataArguments
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var zoo: ZooOptions
  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (query == nil) != (index == nil) else {
      throw ValidationError("say what to compare with: either --query or --index")
    }
    guard count >= 1 else { throw ValidationError("--count is at least 1, got \(count)") }
  }

  func run() throws {
    let model = try zoo.openModel(name, on: try engine.engine(), telling: output.console)
    let dataset = try DataSelection(
      selection.part,
      of: try DataSource(parsing: data).open(model.dataOptions(dataArguments.values)),
      limit: selection.limit
    ).dataset
    try model.checkShape(of: dataset)
    let asked = try code(of: model, in: dataset)
    let codes = try model.encode(dataset)
    let found = CosineNeighbours(codes, isCentred: true).nearest(count, to: asked, excluding: index)
    let report = NeighboursReport(
      model: model.record.name, data: dataset.provenance.source, query: query, index: index,
      neighbours: found.map { .init($0, in: dataset) })
    if output.json {
      try output.console.print(json: report)
    } else {
      try output.console.print(report.text)
    }
  }

  /// The code to compare with, `[1, latentSize]`.
  private func code(of model: Model, in dataset: Dataset) throws -> NDArray {
    if let query {
      let (examples, unknown) = try model.examples(of: [query])
      if !unknown.isEmpty {
        output.console.note("\(model.record.name) does not know \(unknown.joined(separator: ", "))")
      }
      return try model.encode(examples)
    }
    guard let index, (0..<dataset.count).contains(index) else {
      throw UseError.noSuchExample(index: index ?? 0, count: dataset.count)
    }
    return try model.encode(dataset, indices: [index])
  }
}
