import Foundation
import Testing

extension CommandTests {
  /// Models of sentences: prose in, vectors and neighbours out.
  @Suite struct SentenceTests {
    let zoo: SentenceZoo
    let model: UsedModel

    init() throws {
      zoo = try SentenceZoo.shared()
      model = try UsedModel(zoo: zoo.folder.path)
    }

    @Test("A sentence is nearest to itself") func nearest() throws {
      let run = try model.succeed(
        "neighbours", "books", "--data", "text:\(zoo.prose)", "--query", "The dog ran home.",
        "--count", "2", "--json")
      let found = try #require(try run.json()["neighbours"] as? [[String: Any]])
      #expect(found.count == 2)
      #expect(found[0]["text"] as? String == "The dog ran home.")
      #expect(abs(try #require(found[0]["similarity"] as? Double) - 1) < 1e-5)
    }

    @Test("Unknown words of a query are named") func unknownWords() throws {
      let run = try model.succeed(
        "neighbours", "books", "--data", "text:\(zoo.prose)", "--query", "The zebra ran.")
      #expect(run.messages == "latentzoo: note: books does not know zebra\n")
      #expect(run.output.contains("cosine"))
    }

    @Test("An example of any data finds its neighbours, itself left out") func byIndex() throws {
      let trained = try UsedModel()
      let run = try trained.succeed(
        "neighbours", "vae-digits", "--data", "digits", "--index", "0", "--count", "3",
        "--limit", "100", "--json")
      let found = try #require(try run.json()["neighbours"] as? [[String: Any]])
      #expect(found.count == 3)
      #expect(!found.contains { $0["index"] as? Int == 0 })
      #expect(found.allSatisfy { $0["label"] is String })
    }

    @Test("What cannot be compared is refused") func refusals() throws {
      #expect(
        try model.failure(
          "neighbours", "books", "--data", "text:\(zoo.prose)", "--index", "900")
          == "latentzoo: error: there is no example 900 among 24: they are counted from 0 to 23\n")
      let trained = try UsedModel()
      #expect(
        try trained.failure("neighbours", "vae-digits", "--data", "digits", "--query", "a cat")
          == "latentzoo: error: vae-digits does not work on words: give it an example of its data "
          + "instead of a text\n")
    }

    @Test("Vectors of labelled sentences are judged beside their controls") func judged() throws {
      let run = try model.succeed(
        "evaluate", "books", "--data", "tsv:\(zoo.table)", "--folds", "4", "--controls", "--json")
      let document = try run.json()
      #expect(document["losses"] as? [String: Double] == [:])
      let latent = try #require(document["latent"] as? [String: Any])
      let probe = try #require(latent["probe"] as? [String: Any])
      #expect(probe["method"] as? String == "cross-validation")
      #expect(probe["folds"] as? Int == 4)
      #expect(probe["count"] as? Int == 24)
      let controls = try #require(probe["controls"] as? [String: Double])
      #expect(Set(controls.keys) == ["tf-idf", "word vectors"])
      #expect(controls["tf-idf"] == 1)
      let text = try model.succeed(
        "evaluate", "books", "--data", "tsv:\(zoo.table)", "--folds", "4", "--controls"
      ).output
      for words in ["linear classifier", "4 folds of 24 codes", "tf-idf", "word vectors"] {
        #expect(text.contains(words), "no '\(words)' in \(text)")
      }
    }

    @Test("Vectors of sentences are written with their labels") func encoded() throws {
      let run = try model.succeed(
        "encode", "books", "--data", "tsv:\(zoo.table)", "--out", model.path("codes.h5"), "--json")
      #expect(try run.json()["shape"] as? [Int] == [24, 8])
    }

    @Test("More words come from given vectors") func expanded() throws {
      let path = model.path("vectors.txt")
      let words = ["the", "dog", "cat", "ran", "sat", "home", "zebra", "zoo"]
      try words.enumerated().map { "\($1) \($0) \($0 * $0 % 5)" }.joined(separator: "\n")
        .write(toFile: path, atomically: true, encoding: .utf8)
      let run = try model.succeed(
        "expand", "books", "--vectors", path, "--name", "wide", "--zoo", model.folder.path,
        "--json")
      let expansion = try #require(try run.json()["expansion"] as? [String: Any])
      #expect(expansion["sharedCount"] as? Int == 6)
      #expect(expansion["addedCount"] as? Int == 2)
      let query = try model.succeed(
        "neighbours", "wide", "--data", "text:\(zoo.prose)", "--query", "The zebra ran.",
        "--zoo", model.folder.path)
      #expect(query.messages.isEmpty)
    }

    @Test("A checkpoint does not tell where its text lay") func noFolders() throws {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(zoo.folder.path)/books.h5"))
      #expect(bytes.range(of: Data(zoo.folder.path.utf8)) == nil)
    }
  }
}

/// A zoo with an untrained model of sentences, made once for all tests.
struct SentenceZoo: Sendable {
  let folder: TemporaryFolder

  /// The zoo; the model is made on first use.
  static func shared() throws -> SentenceZoo { try made.get() }

  private static let made = Result { try SentenceZoo() }

  /// Prose of 24 sentences.
  var prose: String { "\(folder.path)/book.txt" }
  /// The same sentences, labelled by who is in them.
  var table: String { "\(folder.path)/animals.tsv" }

  private init() throws {
    folder = try TemporaryFolder()
    let verbs = ["ran", "sat", "slept", "ate", "sang", "fell"]
    let places = ["home", "here"]
    let sentences = ["dog", "cat"].flatMap { animal in
      verbs.flatMap { verb in places.map { "The \(animal) \(verb) \($0)." } }
    }
    try sentences.joined(separator: " ").write(toFile: prose, atomically: true, encoding: .utf8)
    try sentences.enumerated().map { "\($0 < 12 ? "dog" : "cat")\t\($1)" }.joined(separator: "\n")
      .write(toFile: table, atomically: true, encoding: .utf8)
    let run = try runCommand([
      "train", "skip-thought", "--data", "text:\(prose)", "--data-option", "length=8", "--set",
      "hiddenSize=8", "--set", "embeddingSize=4", "--set", "decoderSize=4", "--untrained",
      "--name", "books", "--zoo", folder.path,
    ])
    try #require(run.status == 0, "\(run)")
  }
}
