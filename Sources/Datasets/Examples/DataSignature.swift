/// What a model has to know of data before it is built: the shape of an example and what its numbers mean.
public struct DataSignature: Codable, Hashable, Sendable {
  /// The shape of one example.
  public let shape: DataShape
  /// Number of classes among the labels; 0 where there are none.
  public let classCount: Int
  /// Number of different tokens where examples are sequences `[T]` of tokens; 0 where they are numbers.
  public let vocabularySize: Int

  /// Describes data.
  ///
  /// - Precondition: neither count is negative.
  public init(_ shape: DataShape, classCount: Int = 0, vocabularySize: Int = 0) {
    precondition(
      classCount >= 0 && vocabularySize >= 0,
      "counts of classes and tokens are not negative, got \(classCount) and \(vocabularySize)")
    self.shape = shape
    self.classCount = classCount
    self.vocabularySize = vocabularySize
  }

  /// Whether the numbers are indices of tokens.
  public var isTokens: Bool { vocabularySize > 0 }
}

extension DataSignature {
  /// Reads a signature.
  ///
  /// - Throws: `DecodingError`, also for a negative count.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    shape = try container.decode(DataShape.self, forKey: .shape)
    classCount = try container.decode(Int.self, forKey: .classCount)
    vocabularySize = try container.decode(Int.self, forKey: .vocabularySize)
    guard classCount >= 0, vocabularySize >= 0 else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "a count is negative"))
    }
  }
}
