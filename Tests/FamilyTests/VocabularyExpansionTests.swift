import Foundation
import LatentZoo
import Testing

/// More words for models of sentences, by a map from given vectors.
@Suite struct VocabularyExpansionTests {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "latentzoo-expansion-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func untrained(_ family: String) throws -> Model {
    var job = TrainingJob(family: family)
    job.isUntrained = true
    job.settings = try ["embeddingSize=3", "hiddenSize=4", "decoderSize=4"].map {
      try Setting(parsing: $0)
    }
    let data = DataParts(train: try SequenceFamilyTests.books())
    return try job.prepared(on: data, registry: try FamilyTests.makeRegistry()).run().model
  }

  /// Vectors of two numbers, from which the model's own three follow by a map, for some of its words and two others.
  private func vectors(for model: Model) throws -> WordVectors {
    let words = try #require(model.family as? any WordEmbedding)
    let table = words.embedding.weight
    var value = table.value
    var lines: [String] = []
    for (index, word) in "abcdefgh".enumerated() {
      let (x, y) = (Float(index) / 4, Float(index * index % 7) / 3)
      lines.append("\(word) \(x) \(y)")
      for (column, number) in [x + y, 2 * x - 1, 0.5 - y].enumerated() {
        value.scalars[(index + 3) * 3 + column] = number
      }
    }
    table.value = value
    lines += ["new 1 2", "two-part 3 -1", "x.y!z 1 1"]
    let path = folder.appendingPathComponent("vectors.txt").path
    try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
    return try WordVectors(path: path)
  }

  @Test(arguments: ["skip-thought", "quick-thought"])
  func newWordsGetTheVectorsOfTheMapAndOldOnesKeepTheirs(family: String) throws {
    let model = try untrained(family)
    let vectors = try vectors(for: model)
    let (larger, expansion) = try model.expandingVocabulary(
      with: vectors, named: try ModelName("wide"), registry: try FamilyTests.makeRegistry())
    #expect(expansion.sharedCount == 8)
    #expect(expansion.addedCount == 2)
    #expect(abs(expansion.explainedVariance - 1) < 1e-6)
    #expect(larger.vocabulary?.tokens.suffix(2) == ["new", "two-part"])
    #expect(larger.record.parent == model.record.name)
    let words = try #require(larger.family as? any WordEmbedding)
    let rows = words.embedding.weight.value.scalars.suffix(6)
    for (value, wanted) in zip(rows, [3, 1, -1.5, 2, 5, 1.5] as [Float]) {
      #expect(abs(value - wanted) < 1e-3)
    }
    let data = try SequenceFamilyTests.books()
    #expect(try larger.encode(data) == model.encode(data))
  }

  @Test func theLargerModelIsReadBackWithItsWords() throws {
    let model = try untrained("skip-thought")
    let (larger, _) = try model.expandingVocabulary(
      with: try vectors(for: model), named: try ModelName("wide"), limit: 1,
      registry: try FamilyTests.makeRegistry())
    let path = folder.appendingPathComponent("wide.h5").path
    try Checkpoint.write(larger, to: path)
    let read = try Checkpoint.read(at: path, registry: try FamilyTests.makeRegistry())
    #expect(read.vocabulary == larger.vocabulary)
    #expect(read.vocabulary?.tokens.last == "new")
    let (examples, unknown) = try read.examples(of: ["A new b, nevermore"])
    #expect(unknown == [",", "nevermore"])
    #expect(try read.encode(examples) == larger.encode(examples))
  }

  @Test func tooFewSharedWordsAreRefused() throws {
    let model = try untrained("skip-thought")
    let path = folder.appendingPathComponent("few.txt").path
    try "a 1 2\nb 2 1\nnew 0 0\n".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(
      throws: ExpansionError.tooFewShared(model: model.record.name, found: 2, needed: 3)
    ) {
      try model.expandingVocabulary(
        with: try WordVectors(path: path), named: try ModelName("wide"),
        registry: try FamilyTests.makeRegistry())
    }
  }
}
