/// Splits sentences into lower-cased words and punctuation marks, much as the Penn Treebank does.
///
/// Contractions come apart (`don't` is `do n't`, `it's` is `it 's`), words keep their hyphens and numbers
/// their inner marks (`3.5`, `1,000`, `4:30`). Quotes are straight; every dash is `--` and every ellipsis
/// `...`, however they were set. Text that is split already comes out the same.
public struct Tokenizer: Sendable {
  /// Makes a tokenizer; it has no settings.
  public init() {}

  /// The tokens of a sentence, none of them empty.
  public func tokens(of sentence: String) -> [String] {
    var scanner = TokenScanner(Array(Typography.plain(sentence).lowercased().utf8))
    return scanner.tokens()
  }
}

/// One walk over the bytes of a sentence in lower case and plain typography.
private struct TokenScanner {
  private let bytes: [UInt8]
  private var place = 0
  private var result: [String] = []

  /// What may follow an apostrophe that belongs to a word although it begins it.
  private static let clippedWords: Set<String> = [
    "'s", "'m", "'d", "'t", "'ll", "'re", "'ve", "'em", "'tis", "'twas", "'twere", "'twill",
    "'twould", "'til", "'n",
  ]
  /// Endings that come apart from their words.
  private static let clitics = ["n't", "'s", "'m", "'d", "'ll", "'re", "'ve"]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func tokens() -> [String] {
    while place < bytes.count {
      let byte = bytes[place]
      if TextBytes.isBlank(byte) || byte == UInt8(ascii: "_") {
        place += 1
      } else if TextBytes.isWord(byte) {
        takeWord()
      } else if byte == TextBytes.apostrophe {
        takeApostrophe()
      } else {
        takeMark(byte)
      }
    }
    return result
  }

  /// A word or a number with its inner marks.
  private mutating func takeWord() {
    let start = place
    place = wordEnd(from: start)
    appendWord(text(start..<place))
  }

  /// Where the word at `start` ends, which may begin with an apostrophe.
  private func wordEnd(from start: Int) -> Int {
    var end = start + 1
    while end < bytes.count {
      if TextBytes.isWord(bytes[end]) || joins(end, wordStart: start) { end += 1 } else { break }
    }
    return end
  }

  /// Whether the mark at `index` stands inside a word or number.
  private func joins(_ index: Int, wordStart: Int) -> Bool {
    guard index + 1 < bytes.count else { return false }
    let (before, after) = (bytes[index - 1], bytes[index + 1])
    switch bytes[index] {
    case TextBytes.hyphen, TextBytes.apostrophe:
      return TextBytes.isWord(before) && TextBytes.isWord(after)
    case UInt8(ascii: ","), UInt8(ascii: ":"):
      return TextBytes.isDigit(before) && TextBytes.isDigit(after)
    case TextBytes.period:
      if TextBytes.isDigit(before) && TextBytes.isDigit(after) { return true }
      // Single letters as in `u.s.` and `p.m.`, but not the end of a sentence without a space.
      return TextBytes.isLetter(before) && TextBytes.isLetter(after)
        && (index - 1 == wordStart || bytes[index - 2] == TextBytes.period)
    default: return false
    }
  }

  /// A word that begins with an apostrophe, or a quotation mark.
  private mutating func takeApostrophe() {
    let next = place + 1
    if next < bytes.count, bytes[next] == TextBytes.apostrophe {
      append("\"")
      place += 2
      return
    }
    if next < bytes.count, TextBytes.isLetter(bytes[next]) {
      let end = wordEnd(from: place)
      let word = text(place..<end)
      if Self.clippedWords.contains(word) {
        append(word)
        place = end
        return
      }
    }
    append("'")
    place += 1
  }

  /// A punctuation mark; hyphens on their own are dashes, periods in a row an ellipsis.
  private mutating func takeMark(_ byte: UInt8) {
    let start = place
    while place < bytes.count, bytes[place] == byte { place += 1 }
    switch byte {
    case TextBytes.hyphen: append("--")
    case TextBytes.period:
      if result.last == "." || result.last == "..." {
        result[result.count - 1] = "..."
      } else {
        append(place - start > 1 ? "..." : ".")
      }
    default:
      for _ in start..<place { append(text(start..<start + 1)) }
    }
  }

  /// A word, with its clitics as tokens of their own.
  private mutating func appendWord(_ word: String) {
    guard word.utf8.contains(TextBytes.apostrophe) else { return append(word) }
    for clitic in Self.clitics
    where word.utf8.count > clitic.utf8.count && word.utf8.hasSuffix(clitic.utf8) {
      appendWord(String(word.dropLast(clitic.count)))
      return append(clitic)
    }
    append(word)
  }

  private mutating func append(_ token: String) { result.append(token) }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

extension String.UTF8View {
  /// Whether the bytes end with others.
  fileprivate func hasSuffix(_ suffix: String.UTF8View) -> Bool {
    count >= suffix.count && self.suffix(suffix.count).elementsEqual(suffix)
  }
}
