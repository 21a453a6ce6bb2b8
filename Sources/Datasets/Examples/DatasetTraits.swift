/// What some kinds of data have beside their examples.
public struct DatasetTraits: Sendable {
  /// The meaning of the numbers where they are tokens.
  public var vocabulary: Vocabulary?
  /// Runs of examples whose order means something, such as the sentences of a book; empty where none does.
  public var documents: [Range<Int>] = []
  /// The columns of a table, standardised.
  public var columns: [Preprocessing.Column] = []
  /// What the reader was told, or found, such as `size=64x64`.
  public var options: [String: String] = [:]

  /// No traits.
  public init() {}

  /// The traits of the first `count` examples.
  func prefix(_ count: Int) -> DatasetTraits {
    var traits = self
    traits.documents = documents.map { $0.clamped(to: 0..<count) }.filter { !$0.isEmpty }
    return traits
  }

  /// The traits of examples that are no longer in their order.
  var withoutOrder: DatasetTraits {
    var traits = self
    traits.documents = []
    return traits
  }
}
