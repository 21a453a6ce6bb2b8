import AEFamily
import LatentZoo
import QuickThoughtFamily
import SequenceFamily
import SkipThoughtFamily
import TestSupport
import Testing

@Suite struct SequenceFamilyTests {
  private static let words = ["<pad>", "<eos>", "<unk>"] + "abcdefghijkl".map { "\($0)" }

  /// Four books in which the same five sentences follow each other in a ring, from different beginnings.
  static func books(_ rounds: Int = 2) throws -> Dataset {
    let ring: [[Int32]] = [
      [3, 4, 5, 1, 0, 0], [6, 7, 1, 0, 0, 0], [8, 9, 10, 11, 1, 0], [12, 1, 0, 0, 0, 0],
      [13, 14, 3, 6, 9, 1],
    ]
    let perBook = 5 * rounds
    let vocabulary: Vocabulary = try #require(Vocabulary(tokens: words))
    var traits = DatasetTraits()
    traits.vocabulary = vocabulary
    traits.documents = (0..<4).map { perBook * $0..<perBook * ($0 + 1) }
    let tokens = (0..<4).flatMap { book in (0..<perBook).flatMap { ring[($0 + book) % 5] } }
    return Dataset(
      name: "ring", length: 6, tokens: tokens, traits: traits, origin: DataOrigin(source: "ring"))
  }

  /// Waves of different frequency and phase.
  static func waves(_ shape: [Int]) -> Dataset {
    var random = RandomSource(seed: 2)
    let (steps, width) = (shape[0], shape.count > 1 ? shape[1] : 1)
    var values: [Float] = []
    for _ in 0..<48 {
      let (speed, phase) = (0.2 + random.uniform(), 6 * random.uniform())
      for step in 0..<steps {
        for column in 0..<width {
          let angle = Double(speed) * Double(step) + Double(phase) + Double(column)
          values.append(Float(angle - 6 * (angle / 6).rounded()) / 3)
        }
      }
    }
    return Dataset(
      name: "waves", shape: DataShape(shape), floats: values, origin: DataOrigin(source: "waves"))
  }

  private func check<Family: ModelFamily>(
    _ family: Family.Type, _ settings: [String], on data: Dataset
  ) throws {
    try checkModelFamily(
      family, on: "recurrent", registry: try FamilyTests.makeRegistry(),
      settings: try (["hiddenSize=12", "decoderSize=10"] + settings).map {
        try Setting(parsing: $0)
      }, data: data)
  }

  @Test(
    "The sequence autoencoder of sentences is a well-behaved family",
    arguments: [
      ["embeddingSize=7"], ["cell=lstm", "layerCount=2", "inputDropout=0.3"],
      ["cell=layerNormGRU", "direction=bi", "readsCodeAtEveryStep=true"],
      ["direction=combine", "pooling=[\"max\",\"last\"]", "decoding=sampled", "temperature=0.7"],
    ])
  func sentences(_ settings: [String]) throws {
    try check(SequenceAutoencoder.self, ["latentSize=5"] + settings, on: try Self.books())
  }

  @Test(
    "The sequence autoencoder of series is a well-behaved family",
    arguments: [[9], [7, 2]],
    [["cell=gru"], ["cell=lstm", "inputDropout=0.5", "pooling=[\"mean\"]"]])
  func series(_ shape: [Int], _ settings: [String]) throws {
    try check(SequenceAutoencoder.self, ["latentSize=3"] + settings, on: Self.waves(shape))
  }

  @Test("The plain autoencoder works on series with recurrent networks", arguments: [[9], [7, 2]])
  func plain(_ shape: [Int]) throws {
    try check(
      Autoencoder.self,
      ["latentSize=3", "loss=squaredError", "outputActivation=identity", "layerCount=2"],
      on: Self.waves(shape))
  }

  @Test(
    "Skip-thought is a well-behaved family",
    arguments: [
      ["embeddingSize=7", "hasShortcut=true"],
      ["direction=bi", "outputVocabularySize=9", "inputDropout=0.2"],
      ["direction=combine", "readsCodeAtEveryStep=true", "pooling=[\"mean\"]"],
    ])
  func skipThought(_ settings: [String]) throws {
    try check(SkipThought.self, settings, on: try Self.books())
  }

  @Test(
    "Quick-thought is a well-behaved family",
    arguments: [["embeddingSize=7"], ["direction=bi", "pooling=[\"max\"]", "wordDropout=0.2"]])
  func quickThought(_ settings: [String]) throws {
    // Books in which no sentence comes twice, so that there is one true neighbour.
    try check(QuickThought.self, settings, on: try Self.books(1))
  }

  @Test("Decoding a skip-thought vector writes the sentence that follows")
  func nextSentence() throws {
    let data = try Self.books(8)
    let settings = ["hiddenSize=24", "decoderSize=24", "embeddingSize=12"]
    var job = TrainingJob(family: "skip-thought")
    job.settings = try settings.map { try Setting(parsing: $0) }
    job.validation = .none
    (job.options.epochs, job.options.batchSize, job.options.learningRate) = (30, 16, 0.01)
    let model = try job.prepared(
      on: DataParts(train: data), registry: try FamilyTests.makeRegistry()
    ).run().model
    let written = try model.decode(try model.encode(try data.examples(0..<4)))
    #expect(written == (try data.examples(1..<5)))
  }

  @Test("A sequence autoencoder writes back what it was trained on")
  func writesBack() throws {
    let data = try Self.books(2)
    var job = TrainingJob(family: "seq-ae")
    job.settings = try ["hiddenSize=24", "decoderSize=24", "latentSize=8"].map {
      try Setting(parsing: $0)
    }
    job.validation = .none
    (job.options.epochs, job.options.batchSize, job.options.learningRate) = (60, 10, 0.01)
    let model = try job.prepared(
      on: DataParts(train: data), registry: try FamilyTests.makeRegistry()
    ).run().model
    let x = try data.examples(0..<5)
    #expect(try model.reconstruct(x) == x)
    let metrics = try model.metrics(on: data, seed: 1)
    #expect(metrics["tokenError"] == 0)
    let (perToken, perplexity) = (metrics["perToken"] ?? 0, metrics["perplexity"] ?? 0)
    #expect(abs(perplexity - 1) < 0.2 && abs(perToken) < 0.2)
  }

  @Test("Quick-thought encodes, and says that it cannot decode")
  func noDecoder() throws {
    let data = try Self.books(1)
    var job = TrainingJob(family: "quick-thought")
    (job.options.epochs, job.options.batchSize) = (1, 4)
    job.settings = [Setting(key: "hiddenSize", value: 6)]
    let model = try job.prepared(
      on: DataParts(train: data), registry: try FamilyTests.makeRegistry()
    ).run().model
    #expect(model.density == nil)
    let codes = try model.encode(try data.examples(0..<2))
    #expect(codes.shape == [2, 12])
    let error = #expect(throws: ModelError.self) { try model.decode(codes) }
    #expect(error?.description.contains("cannot turn them back into data") == true)
    let evaluation = try model.evaluate(
      on: try DataSelection(.auto, of: DataParts(train: data)))
    #expect(evaluation.squaredError == nil && evaluation.losses["accuracy"] != nil)
  }

  @Test("Families and networks that do not fit the data say so and name a way out")
  func refusals() throws {
    let registry = try FamilyTests.makeRegistry()
    func message(_ family: String, on backbone: String?, _ data: Dataset) -> String {
      do {
        var job = TrainingJob(family: family)
        job.backbone = backbone
        _ = try job.prepared(on: DataParts(train: data), registry: registry)
        return "prepared"
      } catch {
        return "\(error)"
      }
    }
    let (books, waves) = (try Self.books(), Self.waves([9]))
    #expect(message("ae", on: "recurrent", books).contains("it takes numbers, and ring is text"))
    #expect(message("ae", on: nil, books).contains("it takes numbers, and ring is text"))
    #expect(message("seq-ae", on: "dense", books).contains("use the recurrent one"))
    #expect(message("skip-thought", on: nil, waves).contains("it takes sentences"))
    #expect(message("quick-thought", on: nil, waves).contains("it takes sentences"))
    #expect(
      message("seq-ae", on: nil, try FamilyTests.digits()).contains("it takes sequences"))
  }

  @Test("The special tokens of layers and vocabularies are the same")
  func specialTokens() {
    #expect(SpecialToken.padding == Vocabulary.paddingIndex)
    #expect(SpecialToken.end == Vocabulary.endIndex)
    #expect(SpecialToken.unknown == Vocabulary.unknownIndex)
  }
}
