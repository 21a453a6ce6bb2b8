/// The tokens that sentences are written in: position 0 pads, 1 ends a sentence, 2 stands for all others.
public struct Vocabulary: Hashable, Sendable {
  /// All tokens by index.
  public let tokens: [String]
  private let indices: [String: Int]

  /// Fills the rest of a sequence that is shorter than others; index 0.
  public static let padding = "<pad>"
  /// Ends every sentence, and is the first input of a decoder; index 1.
  public static let end = "<eos>"
  /// Stands for every token that the vocabulary lacks; index 2.
  public static let unknown = "<unk>"
  /// Index of ``padding``.
  public static let paddingIndex = 0
  /// Index of ``end``.
  public static let endIndex = 1
  /// Index of ``unknown``.
  public static let unknownIndex = 2

  /// Makes a vocabulary; `nil` where the first three are not the special ones, or a token comes twice.
  public init?(tokens: [String]) {
    guard Array(tokens.prefix(3)) == [Self.padding, Self.end, Self.unknown] else { return nil }
    var indices: [String: Int] = [:]
    for (index, token) in tokens.enumerated() {
      guard indices.updateValue(index, forKey: token) == nil else { return nil }
    }
    self.tokens = tokens
    self.indices = indices
  }

  /// Number of tokens, the special ones among them.
  public var count: Int { tokens.count }

  /// The index of a token; ``unknownIndex`` where there is none.
  public func index(of token: String) -> Int { indices[token] ?? Self.unknownIndex }
}
