import ArgumentParser
import LatentZoo

/// `latentzoo expand`: more words for a model of sentences.
struct ExpandCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "expand",
    abstract: "Teach a model of sentences more words.",
    discussion: """
      Reads word vectors in word2vec's text format, a word and its numbers on each
      line, fits a linear map from them to the model's own on the words that both
      have, and saves a new model that knows all words of the file. The networks stay
      as they are.

      EXAMPLES:
        latentzoo expand skip-thought-books --vectors glove.txt --name books-wide
        latentzoo expand skip-thought-books --vectors vectors.txt.gz --name books-50k \\
          --limit 50000
      """)

  @Argument(help: "Name or path of the model.")
  var name: String

  @Option(help: ArgumentHelp("File of word vectors, compressed or not.", valueName: "file"))
  var vectors: String

  @Option(
    name: .customLong("name"), help: ArgumentHelp("Name of the new model.", valueName: "name"))
  var newName: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Add the first so many words only.", valueName: "n"))
  var limit: Int?

  @Flag(help: "Replace a model of the same name.")
  var force = false

  @OptionGroup var zoo: ZooOptions
  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit is at least 1, got \(limit)") }
  }

  func run() throws {
    let engine = try engine.engine()
    let name = try ModelName(newName)
    let model = try zoo.openModel(self.name, on: engine, telling: output.console)
    let path = try zoo.zoo.newPath(for: name, replacing: force)
    let (larger, expansion) = try model.expandingVocabulary(
      with: try WordVectors(path: vectors), named: name, limit: limit,
      registry: try zoo.registry(telling: output.console), on: engine)
    try Checkpoint.write(larger, to: path)
    let report = Report(
      name: name.text, path: path, vocabularySize: larger.vocabulary?.count ?? 0,
      expansion: expansion)
    if output.json {
      try output.console.print(json: report)
    } else {
      try output.console.print(report.text)
    }
  }

  /// What was done.
  private struct Report: Encodable {
    let name: String
    let path: String
    let vocabularySize: Int
    let expansion: VocabularyExpansion

    var text: String {
      """
      saved \(name) to \(path): \(NumberText.count(expansion.addedCount)) words added, \
      \(NumberText.count(vocabularySize)) tokens in all
      the map was fitted on \(NumberText.count(expansion.sharedCount)) shared words and explains \
      \(NumberText.value(100 * expansion.explainedVariance)) % of their vectors' variance
      """
    }
  }
}
