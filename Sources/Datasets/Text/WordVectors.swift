import Tensors

/// Vectors of words from a file in word2vec's text format: a word and its numbers on each line, with spaces between.
///
/// A first line with the number of words and the size of their vectors may come before. GloVe and fastText write
/// the same.
public struct WordVectors: Sendable {
  /// The words in lower case, all different: of several that differ in case alone, the first.
  public let words: [String]
  /// `[N, D]`
  public let vectors: NDArray

  /// Reads a file, compressed or not.
  ///
  /// - Throws: ``DatasetError/raggedRow(path:line:expected:found:)`` and
  ///   ``DatasetError/notANumber(path:line:column:text:)`` where a line does not fit the first,
  ///   ``DatasetError/notText(path:line:reason:)``, ``DatasetError/noExamples(path:)``, and whatever is wrong with
  ///   the file itself.
  public init(path: String) throws(DatasetError) {
    let text = try TextFile.text(of: path)
    var (words, seen, scalars): ([String], Set<String>, [Float]) = ([], [], [])
    var size: Int?
    for (index, line) in text.utf8.split(separator: TextBytes.lineEnd).enumerated() {
      let fields = line.split { $0 == TextBytes.space || $0 == 0x09 || $0 == 0x0D }
      if fields.isEmpty || index == 0 && fields.count == 2 { continue }
      let expected = size ?? fields.count - 1
      guard fields.count == expected + 1, expected > 0 else {
        throw .raggedRow(
          path: path, line: index + 1, expected: max(expected, 1) + 1, found: fields.count)
      }
      size = expected
      let word = String(Substring(fields[0])).lowercased()
      guard seen.insert(word).inserted else { continue }
      words.append(word)
      for (column, field) in fields.dropFirst().enumerated() {
        guard let value = Float(Substring(field)), value.isFinite else {
          throw .notANumber(
            path: path, line: index + 1, column: column + 2,
            text: String(Substring(field).prefix(40)))
        }
        scalars.append(value)
      }
    }
    guard let size else { throw .noExamples(path: path) }
    self.words = words
    vectors = NDArray(scalars, shape: [words.count, size])
  }
}
