/// What some kinds of data have beside their examples.
public struct DatasetTraits: Sendable {
  /// The meaning of the numbers where they are tokens.
  public var vocabulary: Vocabulary?
  /// Runs of examples whose order means something, such as the sentences of a book; empty where none does.
  public var documents: [Range<Int>] = []
  /// Each example as it was written, such as a sentence before it became tokens; empty where nothing was.
  public var captions: [String] = []
  /// The columns of a table, standardised.
  public var columns: [Preprocessing.Column] = []
  /// What the reader was told, or found, such as `size=64x64`.
  public var options: [String: String] = [:]

  /// No traits.
  public init() {}

  /// The traits of the first `count` examples.
  func prefix(_ count: Int) -> DatasetTraits {
    var traits = self
    traits.captions = Array(captions.prefix(count))
    traits.documents = documents.map { $0.clamped(to: 0..<count) }.filter { !$0.isEmpty }
    return traits
  }

  /// The traits of chosen examples, which are no longer in their order.
  func subset(_ indices: [Int]) -> DatasetTraits {
    var traits = self
    traits.documents = []
    traits.captions = captions.isEmpty ? [] : indices.map { captions[$0] }
    return traits
  }
}
