import Foundation

/// Sentences as weighted counts of their words and pairs of neighbouring words: a baseline for learned sentence
/// vectors (Spärck Jones 1972, https://doi.org/10.1108/eb026526).
///
/// A row holds `count · (1 + log((1 + N) / (1 + n)))` for each term, where `n` of `N` sentences have it, and is
/// scaled to length 1: what scikit-learn's `TfidfVectorizer` computes.
public struct TFIDF: Sendable {
  private let columns: [String: Int]
  private let weights: [Float]

  /// Number of terms.
  public var size: Int { weights.count }

  /// Learns the terms of sentences and how rare each is.
  ///
  /// - Parameter sentences: the tokens of each.
  public init(fitting sentences: [[String]]) {
    var counts: [String: Int] = [:]
    for sentence in sentences {
      for term in Set(Self.terms(of: sentence)) { counts[term, default: 0] += 1 }
    }
    let terms = counts.keys.sorted()
    columns = Dictionary(
      terms.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    weights = terms.map { term in
      let having = Double(counts[term] ?? 0)
      return Float(1 + log((1 + Double(sentences.count)) / (1 + having)))
    }
  }

  /// A row for each sentence; terms that were not learned are passed over.
  public func rows(of sentences: [[String]]) -> SparseRows {
    var rows = SparseRows(size: size)
    for sentence in sentences {
      var counts: [Int: Int] = [:]
      for term in Self.terms(of: sentence) {
        if let column = columns[term] { counts[column, default: 0] += 1 }
      }
      let row = counts.sorted { $0.key < $1.key }.map { column, count in
        (column: column, value: Float(count) * weights[column])
      }
      let length = row.reduce(0) { $0 + $1.value * $1.value }.squareRoot()
      rows.append(row.map { ($0.column, $0.value / max(length, .leastNormalMagnitude)) })
    }
    return rows
  }

  /// Words, and pairs of neighbouring words with a space between them.
  private static func terms(of sentence: [String]) -> [String] {
    sentence + zip(sentence, sentence.dropFirst()).map { "\($0) \($1)" }
  }
}
