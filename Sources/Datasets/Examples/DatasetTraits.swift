import Tensors

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

  /// What each example was made of, where it was generated.
  public var factors: Factors?

  /// The numbers that generated examples were made of.
  public struct Factors: Hashable, Sendable {
    /// Name of each factor, such as `rotation`.
    public let names: [String]
    /// The factors of each example, `[N, names.count]`.
    public let values: NDArray

    /// Puts names and numbers together.
    ///
    /// - Precondition: `values` is `[N, names.count]`.
    public init(names: [String], values: NDArray) {
      precondition(
        values.shape.rank == 2 && values.shape[1] == names.count,
        "factors of shape \(values.shape) for \(names.count) names")
      self.names = names
      self.values = values
    }

    func rows(_ indices: [Int]) -> Factors {
      let width = names.count
      let scalars = indices.flatMap { values.scalars[$0 * width..<($0 + 1) * width] }
      return Factors(names: names, values: NDArray(scalars, shape: [indices.count, width]))
    }
  }

  /// No traits.
  public init() {}

  /// The traits of the first `count` examples.
  func prefix(_ count: Int) -> DatasetTraits {
    var traits = self
    traits.captions = Array(captions.prefix(count))
    traits.documents = documents.map { $0.clamped(to: 0..<count) }.filter { !$0.isEmpty }
    traits.factors = factors?.rows(Array(0..<count))
    return traits
  }

  /// The traits of chosen examples, which are no longer in their order.
  func subset(_ indices: [Int]) -> DatasetTraits {
    var traits = self
    traits.documents = []
    traits.captions = captions.isEmpty ? [] : indices.map { captions[$0] }
    traits.factors = factors?.rows(indices)
    return traits
  }
}
