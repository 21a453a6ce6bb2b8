import Foundation

/// How a vocabulary was widened by given word vectors.
public struct VocabularyExpansion: Codable, Hashable, Sendable {
  /// Number of words that the model and the file both had; the map was fitted on them.
  public var sharedCount: Int
  /// Number of words that came to the vocabulary.
  public var addedCount: Int
  /// The share of the variance of the shared words' own vectors that the map gives back,
  /// `1 − Σ ‖y − ŷ‖² / Σ ‖y − ȳ‖²`, at most 1.
  public var explainedVariance: Double
}

/// What can be wrong with widening a vocabulary.
public enum ExpansionError: Error, Hashable, Sendable {
  /// The model keeps no vectors of words.
  case noWordVectors(model: String)
  /// Too few words to fit a map on.
  case tooFewShared(model: String, found: Int, needed: Int)
  /// The model knows all the words already.
  case nothingNew(model: String)
}

extension ExpansionError: CustomStringConvertible {
  /// One sentence with a way out.
  public var description: String {
    switch self {
    case .noWordVectors(let model):
      "\(model) keeps no vectors of words: use a model of sentences, such as skip-thought"
    case .tooFewShared(let model, let found, let needed):
      "\(model) shares \(found) words with the file, and a map needs \(needed): give a file of more "
        + "words in lower case, or of shorter vectors"
    case .nothingNew(let model):
      "\(model) knows all words of the file already: give a file of more words"
    }
  }
}

extension Model {
  /// The same model with more words, whose vectors a linear map brings from another space into the model's own (Kiros
  /// et al. 2015, section 2.2).
  ///
  /// The map `y ≈ x · W + b` is fitted by least squares on the words that both have. Words that the tokenizer would
  /// take apart are passed over.
  ///
  /// - Parameters:
  ///   - vectors: of words in the other space.
  ///   - name: of the new model.
  ///   - limit: add the first so many words only; `nil` for all.
  ///   - registry: the families and backbones that are known.
  ///   - engine: where the new model computes.
  /// - Throws: ``ExpansionError``, or what building the model throws.
  public func expandingVocabulary(
    with vectors: WordVectors, named name: ModelName, limit: Int? = nil, registry: Registry,
    on engine: Engine = .shared
  ) throws -> (model: Model, expansion: VocabularyExpansion) {
    guard let words = family as? any WordEmbedding, let vocabulary else {
      throw ExpansionError.noWordVectors(model: record.name)
    }
    let table = words.embedding.weight.value
    let shared = vectors.words.indices.filter { isKnown(vectors.words[$0], to: vocabulary) }
    let needed = vectors.vectors.shape[1] + 1
    guard shared.count >= needed else {
      throw ExpansionError.tooFewShared(model: record.name, found: shared.count, needed: needed)
    }
    let tokenizer = Tokenizer()
    let added = vectors.words.indices.filter { index in
      let word = vectors.words[index]
      return vocabulary.index(of: word) == Vocabulary.unknownIndex
        && word != Vocabulary.unknown && tokenizer.tokens(of: word) == [word]
    }.prefix(limit ?? .max)
    guard !added.isEmpty,
      let larger = Vocabulary(tokens: vocabulary.tokens + added.map { vectors.words[$0] })
    else { throw ExpansionError.nothingNew(model: record.name) }
    let inputs = vectors.vectors.rows(at: shared)
    let outputs = table.rows(at: shared.map { vocabulary.index(of: vectors.words[$0]) })
    let map = LeastSquares(from: inputs, to: outputs)
    let rows = table.scalars + map(vectors.vectors.rows(at: Array(added))).scalars
    let model = try widened(
      words, to: larger, table: NDArray(rows, shape: [larger.count, table.shape[1]]), name,
      registry, engine)
    return (
      model,
      VocabularyExpansion(
        sharedCount: shared.count, addedCount: added.count,
        explainedVariance: Self.explained(outputs, by: map(inputs)))
    )
  }

  private func isKnown(_ word: String, to vocabulary: Vocabulary) -> Bool {
    vocabulary.index(of: word) > Vocabulary.unknownIndex
  }

  /// The same networks with a larger table of word vectors.
  private func widened<Family: WordEmbedding>(
    _ family: Family, to vocabulary: Vocabulary, table: NDArray, _ name: ModelName,
    _ registry: Registry, _ engine: Engine
  ) throws -> Model {
    let old = record.specification
    let specification = ModelSpecification(
      family: old.family, familyVersion: old.familyVersion,
      configuration: try family.configurationForMoreWords.json, backbone: old.backbone,
      backboneConfiguration: old.backboneConfiguration,
      data: DataSignature(
        old.data.shape, classCount: old.data.classCount, vocabularySize: vocabulary.count),
      plugins: old.plugins)
    var random = RandomSource(seed: 0)
    let made = try registry.makeModel(specification, using: &random)
    guard let words = made as? any WordEmbedding else {
      throw ExpansionError.noWordVectors(model: record.name)
    }
    for (target, source) in zip(made.namedParameters, namedParameters) {
      target.parameter.value =
        target.parameter === words.embedding.weight ? table : source.parameter.value
    }
    var record = record
    record.parent = record.name
    record.name = name.text
    record.specification = specification
    record.parameterCount = made.parameterCount
    record.metrics = []
    record.createdAt = Date().formatted(.iso8601)
    return Model(
      made, record: record, vocabulary: vocabulary, density: density, history: history, on: engine)
  }

  /// The share of the variance of `rows` that `estimates` give back.
  private static func explained(_ rows: NDArray, by estimates: NDArray) -> Double {
    let size = rows.shape[1]
    var means = [Double](repeating: 0, count: size)
    for (place, value) in rows.scalars.enumerated() { means[place % size] += Double(value) }
    var (left, whole) = (0.0, 0.0)
    for (place, value) in rows.scalars.enumerated() {
      let mean = means[place % size] / Double(rows.shape[0])
      let (error, difference) = (
        Double(value) - Double(estimates.scalars[place]), Double(value) - mean
      )
      left += error * error
      whole += difference * difference
    }
    return whole > 0 ? 1 - left / whole : 1
  }
}

extension NDArray {
  /// Chosen rows of a matrix.
  func rows(at indices: [Int]) -> NDArray {
    let size = shape[1]
    var scalars: [Float] = []
    scalars.reserveCapacity(indices.count * size)
    for index in indices { scalars += self.scalars[index * size..<(index + 1) * size] }
    return NDArray(scalars, shape: [indices.count, size])
  }
}
