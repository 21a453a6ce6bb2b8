import Foundation

/// Arguments kept in a file, as `@FILE` on a command line: a recipe that can be read, kept and run again.
///
/// Words stand apart by blanks and line ends; single or double quotes keep blanks; `#` begins a comment. What follows
/// `@FILE` on the command line comes later and so overrides what the file says.
enum ResponseFile {
  /// The largest file that is read, bytes.
  private static let largestSize = 1 << 16

  /// The arguments with every `@FILE` replaced by the words of the file; files do not name other files.
  ///
  /// - Throws: ``CommandError/responseFile(path:reason:)``.
  static func expanding(_ arguments: [String]) throws(CommandError) -> [String] {
    var expanded: [String] = []
    for argument in arguments {
      if argument.hasPrefix("@"), argument.count > 1 {
        expanded += try words(ofFileAt: String(argument.dropFirst()))
      } else {
        expanded.append(argument)
      }
    }
    return expanded
  }

  private static func words(ofFileAt path: String) throws(CommandError) -> [String] {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw .responseFile(path: path, reason: "there is no such file, or it may not be read")
    }
    let data: Data
    do {
      data = try file.read(upToCount: largestSize + 1) ?? Data()
    } catch {
      throw .responseFile(path: path, reason: "it cannot be read")
    }
    guard data.count <= largestSize, let text = String(data: data, encoding: .utf8) else {
      throw .responseFile(path: path, reason: "it is no short UTF-8 text")
    }
    var words: [String] = []
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      guard let found = self.words(of: line) else {
        throw .responseFile(path: path, reason: "a quote is left open in line \(number + 1)")
      }
      words += found
    }
    return words
  }

  /// The words of a line; `nil` where a quote is left open.
  static func words(of line: Substring) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for letter in line {
      if let open = quote {
        if letter == open { quote = nil } else { word = (word ?? "") + String(letter) }
      } else if letter == "'" || letter == "\"" {
        quote = letter
        word = word ?? ""
      } else if letter == "#", word == nil {
        break
      } else if letter.isWhitespace {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(letter)
      }
    }
    guard quote == nil else { return nil }
    return words + (word.map { [$0] } ?? [])
  }
}
