extension Vocabulary {
  /// Makes the vocabulary of sentences: the most frequent tokens, equally frequent ones in the order of
  /// their Unicode scalars.
  ///
  /// The special tokens cannot come from a text, because the tokenizer takes angle brackets for marks of
  /// their own; they are passed over all the same.
  ///
  /// - Parameters:
  ///   - sentences: the tokens of each sentence.
  ///   - minimumCount: tokens that occur less often are left out.
  ///   - maximumSize: how many tokens it has at most, the special ones among them.
  /// - Precondition: `maximumSize` has room for the special tokens.
  public init(
    counting sentences: some Sequence<[String]>, minimumCount: Int = 1, maximumSize: Int = .max
  ) {
    let special = [Self.padding, Self.end, Self.unknown]
    precondition(
      maximumSize >= special.count,
      "a vocabulary of \(maximumSize) tokens has no room for the \(special.count) special ones")
    var counts: [String: Int] = [:]
    for sentence in sentences {
      for token in sentence { counts[token, default: 0] += 1 }
    }
    for token in special { counts[token] = nil }
    let ranked = counts.filter { $0.value >= minimumCount }
      .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let words = ranked.prefix(maximumSize - special.count).map(\.key)
    guard let vocabulary = Vocabulary(tokens: special + words) else {
      preconditionFailure("the keys of a dictionary occur twice")
    }
    self = vocabulary
  }

  /// The indices of a sentence: its tokens, cut so that ``end`` still fits, then ``end``, then padding.
  ///
  /// - Returns: exactly `length` indices.
  /// - Precondition: `length` is positive.
  public func indices(of tokens: [String], length: Int) -> [Int32] {
    precondition(length > 0, "a sentence of \(length) indices has no room for its end")
    var indices = tokens.prefix(length - 1).map { Int32(index(of: $0)) }
    indices.append(Int32(Self.endIndex))
    indices += repeatElement(Int32(Self.paddingIndex), count: length - indices.count)
    return indices
  }

  /// The tokens of a sentence up to its end, with a space between any two.
  ///
  /// Indices that the vocabulary does not have read as ``unknown``.
  public func text(of indices: some Sequence<Int>) -> String {
    var words: [String] = []
    for index in indices {
      if index == Self.endIndex { break }
      if index == Self.paddingIndex { continue }
      words.append(tokens.indices.contains(index) ? tokens[index] : Self.unknown)
    }
    return words.joined(separator: " ")
  }
}
