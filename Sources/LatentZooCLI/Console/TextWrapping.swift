extension String {
  /// Lines of a text, broken at spaces; a word that is longer has a line of its own.
  func wrapped(at width: Int) -> [String] {
    split(separator: " ").map(String.init).wrapped(at: width, separator: " ")
  }
}

extension [String] {
  /// Lines of words, none longer than a width unless a word is.
  ///
  /// - Parameters:
  ///   - width: of a line, in letters.
  ///   - separator: what stands between the words of a line.
  func wrapped(at width: Int, separator: String) -> [String] {
    var lines: [String] = []
    for word in self {
      if let last = lines.last, last.count + separator.count + word.count <= width {
        lines[lines.count - 1] = last + separator + word
      } else {
        lines.append(word)
      }
    }
    return lines
  }
}
