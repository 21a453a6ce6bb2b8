/// Splits prose into sentences.
///
/// A form feed ends a document, a blank line a paragraph; the lines of a paragraph are joined, and a hyphen at the
/// end of a line stays as it is. A sentence ends with `.`, `!`, `?` or an ellipsis and the closing quotes and
/// brackets behind it, unless
/// - the next word begins in lower case, as in `"Stop!" he cried.`, also behind a dash;
/// - the next words name a speaker, as in `"Stop!" I cried.`;
/// - the period belongs to an abbreviation (`Mr.`, `No. 7`), an initial (`J. S. Mill`) or the number of a
///   heading (`IV. The Return`).
///
/// Pieces without a letter or a digit, such as a row of asterisks, are left out.
public struct SentenceSplitter: Sendable {
  /// Makes a splitter; it has no settings.
  public init() {}

  /// The sentences of each document, in order; documents without any are left out.
  public func documents(in text: String) -> [[String]] {
    let bytes = Array(Typography.plain(text).utf8)
    return bytes.split(separator: UInt8(ascii: "\u{0C}")).map { document in
      Self.paragraphs(of: document).flatMap { ParagraphScanner($0).sentences() }
    }.filter { !$0.isEmpty }
  }

  /// The sentences of one paragraph, whose lines are joined.
  public func sentences(in paragraph: String) -> [String] {
    documents(in: paragraph).flatMap(\.self)
  }

  /// Paragraphs with single spaces between their words and none around them.
  private static func paragraphs(of document: ArraySlice<UInt8>) -> [[UInt8]] {
    var paragraphs: [[UInt8]] = []
    var paragraph: [UInt8] = []
    for line in document.split(separator: TextBytes.lineEnd, omittingEmptySubsequences: false) {
      let words = line.split(whereSeparator: TextBytes.isBlank)
      if words.isEmpty {
        if !paragraph.isEmpty { paragraphs.append(paragraph) }
        paragraph = []
      }
      for word in words {
        if !paragraph.isEmpty { paragraph.append(TextBytes.space) }
        paragraph += word
      }
    }
    return paragraph.isEmpty ? paragraphs : paragraphs + [paragraph]
  }
}

/// One walk over a paragraph of single-spaced words.
private struct ParagraphScanner {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func sentences() -> [String] {
    var sentences: [String] = []
    var start = 0
    var place = 0
    while place < bytes.count {
      guard Self.endsSentences(bytes[place]) else {
        place += 1
        continue
      }
      let mark = place
      let closed = endOfMarks(from: mark)
      place = closed
      guard closed < bytes.count, bytes[closed] == TextBytes.space, !goesOn(start, mark, closed)
      else {
        continue
      }
      append(start..<closed, to: &sentences)
      start = closed + 1
    }
    append(start..<bytes.count, to: &sentences)
    return sentences
  }

  private func append(_ range: Range<Int>, to sentences: inout [String]) {
    guard bytes[range].contains(where: TextBytes.isWord) else { return }
    sentences.append(String(decoding: bytes[range], as: UTF8.self))
  }

  private static func endsSentences(_ byte: UInt8) -> Bool {
    byte == TextBytes.period || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?")
  }

  /// Behind the marks that end a sentence at `start`, and the closing quotes and brackets after them.
  ///
  /// Spaced ellipses (`. . .`) are taken together.
  private func endOfMarks(from start: Int) -> Int {
    var end = start
    while end < bytes.count {
      if Self.endsSentences(bytes[end]) || Self.closes(bytes[end]) {
        end += 1
      } else if bytes[end] == TextBytes.space, end + 1 < bytes.count,
        bytes[end + 1] == TextBytes.period
      {
        end += 2
      } else {
        break
      }
    }
    return end
  }

  private static func closes(_ byte: UInt8) -> Bool {
    byte == TextBytes.quote || byte == TextBytes.apostrophe || byte == UInt8(ascii: ")")
      || byte == UInt8(ascii: "]")
  }

  /// Whether the sentence goes on although there are marks of its end at `mark..<closed`.
  private func goesOn(_ start: Int, _ mark: Int, _ closed: Int) -> Bool {
    let next = nextWord(from: closed + 1)
    guard let first = next.utf8.first else { return false }
    if Self.isLowerCase(next) { return true }
    let isQuoted = bytes[mark..<closed].contains { Self.closes($0) }
    if isQuoted { return bytes[mark] != TextBytes.period && startsAttribution(closed + 1) }
    if bytes[mark] == TextBytes.period, closed - mark == 1 {
      let word = wordBefore(mark)
      if word.utf8.count == mark - start, Self.isNumber(word) { return true }
      if Abbreviations.titles.contains(word) { return true }
      if Abbreviations.references.contains(word) { return TextBytes.isDigit(first) }
      return Self.isInitial(word)
    }
    // `Well ... I think`: the pronoun says nothing about where a sentence begins.
    let isEllipsis =
      closed - mark > 1
      && bytes[mark..<closed].allSatisfy { $0 != UInt8(ascii: "!") && $0 != UInt8(ascii: "?") }
    return isEllipsis && (next == "I" || next.hasPrefix("I'"))
  }

  /// A single capital other than the pronoun, or letters with periods between them such as `i.e`.
  private static func isInitial(_ word: String) -> Bool {
    let bytes = word.utf8
    if bytes.count == 1, let letter = bytes.first {
      return TextBytes.isUpperCase(letter) && letter != UInt8(ascii: "I")
    }
    return word == "i.e" || word == "e.g"
  }

  /// Whether a word numbers a heading, such as `7` and `XIV`.
  private static func isNumber(_ word: String) -> Bool {
    word.utf8.allSatisfy(TextBytes.isDigit) || word.allSatisfy { "IVXLC".contains($0) }
  }

  /// Whether words such as `I cried`, `Mr. Tupman said` or `Tom answered` stand at `start`.
  private func startsAttribution(_ start: Int) -> Bool {
    let words = bytes[start..<min(start + 60, bytes.count)].split(separator: TextBytes.space)
      .prefix(4).map { String(decoding: $0, as: UTF8.self) }
    guard let verb = words.dropFirst().firstIndex(where: Self.isSpeaking) else { return false }
    return words[..<verb].allSatisfy { word in
      word.utf8.first.map(TextBytes.isUpperCase) == true
        && word.utf8.allSatisfy { TextBytes.isLetter($0) || $0 == TextBytes.period }
    }
  }

  private static func isSpeaking(_ word: String) -> Bool {
    Abbreviations.speech.contains(word.filter(\.isLetter))
  }

  private static func isLowerCase(_ word: String) -> Bool {
    word.unicodeScalars.first?.properties.isLowercase ?? false
  }

  /// The word that ends before `end`, without opening quotes and brackets.
  private func wordBefore(_ end: Int) -> String {
    var start = end
    while start > 0, TextBytes.isWord(bytes[start - 1]) || bytes[start - 1] == TextBytes.period {
      start -= 1
    }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The word at `start` or behind the quotes, brackets, dashes and spaces there.
  private func nextWord(from start: Int) -> String {
    var first = start
    while first < bytes.count, !TextBytes.isWord(bytes[first]) { first += 1 }
    let end = bytes[first...].firstIndex { !TextBytes.isWord($0) && $0 != TextBytes.apostrophe }
    return String(decoding: bytes[first..<(end ?? bytes.count)], as: UTF8.self)
  }
}
