/// Sentences as they were read, with what is known about them.
struct Corpus {
  /// A sentence as it was written and what it consists of.
  struct Sentence {
    let text: String
    let tokens: [String]
  }

  /// All sentences in order.
  private(set) var sentences: [Sentence] = []
  /// Runs of sentences that follow each other in a document; empty where the order means nothing.
  private(set) var documents: [Range<Int>] = []
  /// The class of each by name, `nil` where there are none.
  private(set) var labels: [String]?

  /// Splits sentences into tokens.
  init(_ texts: [String], labels: [String]? = nil) {
    let tokenizer = Tokenizer()
    sentences = texts.map { Sentence(text: $0, tokens: tokenizer.tokens(of: $0)) }
    self.labels = labels
  }

  /// The sentences of documents, in their order.
  init(documents texts: [[String]]) {
    self.init(texts.flatMap(\.self))
    var start = 0
    for document in texts {
      documents.append(start..<start + document.count)
      start += document.count
    }
  }

  /// The names of the classes: in the order of numbers where all are numbers, of letters otherwise.
  static func names(of labels: some Sequence<String>) -> [String] {
    let names = Set(labels)
    let numbers = names.compactMap { name in Int(name).map { ($0, name) } }
    return numbers.count == names.count
      ? numbers.sorted { $0 < $1 }.map(\.1) : names.sorted()
  }

  /// The sentences as examples `[length]`.
  ///
  /// - Parameter labelNames: the names of the classes, with all that occur here.
  func dataset(
    named name: String, vocabulary: Vocabulary, options: SentenceOptions, labelNames: [String],
    origin: DataOrigin
  ) -> Dataset {
    var tokens: [Int32] = []
    tokens.reserveCapacity(sentences.count * options.length)
    for sentence in sentences {
      tokens += vocabulary.indices(of: sentence.tokens, length: options.length)
    }
    var traits = DatasetTraits()
    traits.vocabulary = vocabulary
    traits.documents = documents
    traits.captions = sentences.map(\.text)
    traits.options = options.recorded
    let numbers = Dictionary(
      labelNames.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    return Dataset(
      name: name, length: options.length, tokens: tokens,
      labels: labels.map { labels in labels.map { numbers[$0] ?? Dataset.unknownLabel } },
      labelNames: labels == nil ? [] : labelNames, traits: traits, origin: origin)
  }
}

extension Corpus {
  /// The parts of a source: the vocabulary is the model's where there is one, otherwise that of the
  /// training part.
  static func parts(
    named name: String, train: Corpus, test: Corpus?, options: SentenceOptions,
    for model: DataOptions, origin: DataOrigin
  ) -> DataParts {
    let vocabulary =
      model.vocabulary
      ?? Vocabulary(
        counting: train.sentences.lazy.map(\.tokens), minimumCount: options.minimumCount,
        maximumSize: options.vocabularySize)
    let found = names(of: (train.labels ?? []) + (test?.labels ?? []))
    let known = model.preprocessing?.labelNames ?? []
    let labelNames = Set(found).isSubset(of: known) ? known : found
    func dataset(_ corpus: Corpus) -> Dataset {
      corpus.dataset(
        named: name, vocabulary: vocabulary, options: options, labelNames: labelNames,
        origin: origin)
    }
    return DataParts(train: dataset(train), test: test.map(dataset))
  }
}
