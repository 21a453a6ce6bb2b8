import Tensors

/// Examples of one shape that never change, in memory or read from disk when they are wanted.
///
/// Values are in model units: pixels in `[0, 1]` where the source held bytes, numbers as they were
/// where it held numbers, indices of tokens where it held text.
public struct Dataset: Sendable {
  /// A short name for files and messages, such as `mnist`.
  public let name: String
  /// The shape of one example.
  public let shape: DataShape
  /// Number of examples.
  public let count: Int
  /// The class of each example as an index into ``labelNames``, ``unknownLabel`` where it is not known;
  /// `nil` where the source has none.
  public let labels: [Int]?
  /// Name of every class; empty where there are no labels.
  public let labelNames: [String]
  /// Where the examples come from, with their count and checksum.
  public let provenance: Provenance
  /// What raw values were divided by to reach model units: 255 for bytes, 16 for the embedded digits,
  /// 1 for numbers.
  public let divisor: Float
  /// The least and the greatest value in the data, in model units; `0...0` where there are no examples.
  public let valueRange: ClosedRange<Float>
  /// What this kind of data has beside its examples.
  public let traits: DatasetTraits
  let values: ExampleValues

  /// Stands in ``labels`` for a class that is not known.
  public static let unknownLabel = -1

  /// Makes a data set of bytes, which reach model units when divided by `divisor`.
  ///
  /// - Parameters:
  ///   - name: what the data is called in messages and models.
  ///   - shape: of one example.
  ///   - bytes: the examples one after another, `[N, C, H, W]` or `[N, features]`.
  ///   - divisor: the raw value that means 1, such as 255.
  ///   - labels: the class of each example, an index into `labelNames`.
  ///   - labelNames: names of the classes, in the order of their numbers; empty where there are none.
  ///   - traits: what this kind of data has beside its examples.
  ///   - origin: where the data comes from.
  /// - Precondition: `bytes` holds whole examples, and labels fit both examples and names.
  public init(
    name: String, shape: DataShape, bytes: [UInt8], divisor: Float = 255, labels: [Int]? = nil,
    labelNames: [String] = [], traits: DatasetTraits = DatasetTraits(), origin: DataOrigin
  ) {
    precondition(divisor > 0, "bytes are divided by a positive number, got \(divisor)")
    self.init(
      name: name, shape: shape, values: .bytes(bytes, divisor: divisor), divisor: divisor,
      labels: labels, labelNames: labelNames, traits: traits, origin: origin)
  }

  /// Makes a data set of numbers that are in model units already.
  ///
  /// - Parameters:
  ///   - name: what the data is called in messages and models.
  ///   - shape: of one example.
  ///   - floats: the examples one after another, `[N, C, H, W]` or `[N, features]`, all finite.
  ///   - labels: the class of each example, an index into `labelNames`.
  ///   - labelNames: names of the classes, in the order of their numbers; empty where there are none.
  ///   - traits: what this kind of data has beside its examples.
  ///   - origin: where the data comes from.
  /// - Precondition: `floats` holds whole examples of finite numbers, and labels fit both examples
  ///   and names.
  public init(
    name: String, shape: DataShape, floats: [Float], labels: [Int]? = nil,
    labelNames: [String] = [], traits: DatasetTraits = DatasetTraits(), origin: DataOrigin
  ) {
    self.init(
      name: name, shape: shape, values: .floats(floats), divisor: 1, labels: labels,
      labelNames: labelNames, traits: traits, origin: origin)
    precondition(
      floats.withUnsafeBufferPointer { firstNonFinite(in: $0) } == nil,
      "the examples of '\(name)' hold a number that is not finite")
  }

  /// Makes a data set of sequences of tokens, all of one length.
  ///
  /// - Parameters:
  ///   - name: what the data is called in messages and models.
  ///   - length: number of tokens in each sequence.
  ///   - tokens: the sequences one after another, `[N, length]`, padded with ``Vocabulary/paddingIndex``.
  ///   - labels: the class of each example, an index into `labelNames`; `nil` where there are none.
  ///   - labelNames: names of the classes, in the order of their numbers; empty where there are none.
  ///   - traits: with the vocabulary.
  ///   - origin: where the data comes from.
  /// - Precondition: `tokens` holds whole sequences of indices into the vocabulary.
  public init(
    name: String, length: Int, tokens: [Int32], labels: [Int]? = nil, labelNames: [String] = [],
    traits: DatasetTraits, origin: DataOrigin
  ) {
    precondition(
      traits.vocabulary.map { vocabulary in
        tokens.allSatisfy { $0 >= 0 && $0 < vocabulary.count }
      } ?? false, "tokens of '\(name)' are indices into a vocabulary")
    self.init(
      name: name, shape: DataShape([length]), values: .tokens(tokens), divisor: 1, labels: labels,
      labelNames: labelNames, traits: traits, origin: origin)
  }

  /// Makes a data set of examples that are read when they are wanted; reads each once, for checksum and range.
  ///
  /// - Parameters:
  ///   - name: what the data is called in messages and models.
  ///   - shape: of one example.
  ///   - source: gives the examples in model units.
  ///   - residentLimit: where the examples take no more bytes than this, they are kept in memory after all, which is
  ///     faster; neither values nor checksum depend on it.
  ///   - labels: the class of each example, an index into `labelNames`; `nil` where there are none.
  ///   - labelNames: names of the classes, in the order of their numbers; empty where there are none.
  ///   - traits: what this kind of data has beside its examples.
  ///   - origin: where the data comes from.
  ///   - path: names the source in errors.
  /// - Throws: ``DatasetError/notFinite(path:example:)``, or what reading throws.
  public init(
    name: String, shape: DataShape, streaming source: any ExampleSource, residentLimit: Int = 0,
    labels: [Int]? = nil, labelNames: [String] = [], traits: DatasetTraits = DatasetTraits(),
    origin: DataOrigin, path: String
  ) throws(DatasetError) {
    let size = shape.featureCount
    let bytesPerValue = source.byteDivisor == nil ? MemoryLayout<Float>.size : 1
    let fits = checkedProduct([source.count, size, bytesPerValue]).map { $0 <= residentLimit }
    let values: ExampleValues =
      fits ?? false
      ? try ExampleValues(loading: source, size: size, path: path)
      : .streamed(source, try ExampleSummary(of: source, size: size, path: path))
    self.init(
      name: name, shape: shape, values: values, divisor: source.byteDivisor ?? 1,
      labels: labels, labelNames: labelNames, traits: traits, origin: origin)
  }

  init(
    name: String, shape: DataShape, values: ExampleValues, divisor: Float, labels: [Int]?,
    labelNames: [String], traits: DatasetTraits = DatasetTraits(), origin: DataOrigin
  ) {
    let counted = values.exampleCount(size: shape.featureCount)
    precondition(counted != nil, "the values are no whole number of examples of shape \(shape)")
    let count = counted ?? 0
    precondition(
      labels.map { $0.count == count } ?? true, "\(labels?.count ?? 0) labels for \(count) examples"
    )
    precondition(
      labels?.allSatisfy { $0 == Self.unknownLabel || labelNames.indices.contains($0) } ?? true,
      "a label of '\(name)' is outside its \(labelNames.count) names")
    self.name = name
    self.shape = shape
    self.count = count
    self.labels = labels
    self.labelNames = labelNames
    let summary = ExampleSummary(of: values)
    self.provenance = Provenance(
      source: origin.source, count: count, sha256: summary.sha256, licence: origin.licence,
      citation: origin.citation, url: origin.url)
    self.divisor = divisor
    self.valueRange = summary.range
    self.traits = traits
    self.values = values
  }
}

extension Dataset {
  /// What a model has to know of the data before it is built.
  public var signature: DataSignature {
    DataSignature(
      shape, classCount: labels == nil ? 0 : labelNames.count,
      vocabularySize: traits.vocabulary?.count ?? 0)
  }

  /// What belongs to the weights of a model that is trained on this data.
  public var preprocessing: Preprocessing {
    Preprocessing(
      divisor: Double(divisor), lowest: Double(valueRange.lowerBound),
      highest: Double(valueRange.upperBound), labelNames: labelNames, columns: traits.columns,
      options: traits.options)
  }

  /// The meaning of the numbers where they are tokens.
  public var vocabulary: Vocabulary? { traits.vocabulary }

  /// Runs of examples in which neighbours belong together; empty where the order means nothing.
  public var documents: [Range<Int>] { traits.documents }

  /// Each example as it was written, such as a sentence before it became tokens; empty where nothing was.
  public var captions: [String] { traits.captions }

  /// What each example was made of, `[N, factorNames.count]`, where it was generated; `nil` elsewhere.
  public var factors: NDArray? { traits.factors?.values }

  /// Name of each of ``factors``; empty where there are none.
  public var factorNames: [String] { traits.factors?.names ?? [] }

  /// The examples that have both a previous and a next one in their document, in ascending order.
  public var examplesBetweenNeighbours: [Int] {
    documents.flatMap { $0.dropFirst().dropLast() }
  }
}

/// The position of the first NaN or infinity, `nil` where all numbers are finite.
func firstNonFinite(in floats: UnsafeBufferPointer<Float>) -> Int? {
  // A number minus itself is 0 exactly where it is finite; the sum needs no branch.
  var sum: Float = 0
  for value in floats { sum += value - value }
  return sum == 0 ? nil : floats.firstIndex { !$0.isFinite }
}
