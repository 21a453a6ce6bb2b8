import Foundation
import LatentZoo

/// Where a command prints: results on standard output, messages on standard error.
struct Console: Sendable {
  /// Whether messages and progress are left out.
  let isQuiet: Bool
  private let colour: ColourChoice

  init(isQuiet: Bool = false, colour: ColourChoice = .auto) {
    self.isQuiet = isQuiet
    self.colour = colour
  }

  /// Prints a line, or several, of results.
  ///
  /// - Throws: ``CommandError`` where standard output cannot be written.
  func print(_ text: String) throws(CommandError) {
    try Terminal.output.write(text + "\n")
  }

  /// Prints a result as one JSON document with sorted keys.
  ///
  /// - Throws: ``CommandError`` where standard output cannot be written.
  func print(json document: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    try print(String(decoding: try encoder.encode(document), as: UTF8.self))
  }

  /// Tells something about the way to the result; a lost message is no failure.
  func message(_ text: String) {
    guard !isQuiet else { return }
    do {
      try Terminal.messages.write(text + "\n")
    } catch {
      // Nobody listens.
    }
  }

  /// Tells something the user should look at, marked as a note.
  func note(_ text: String) { message("latentzoo: note: \(text)") }

  /// Draws a picture with messages, where a person looks at them.
  func preview(_ picture: Picture) {
    guard Terminal.messages.isTerminal, !isQuiet else { return }
    let preview = HalfBlockPreview(
      columns: Terminal.messages.width, style: hasColours ? .colour : .letters)
    message(String(preview.text(of: picture).dropLast()))
  }

  /// Whether messages have colours.
  var hasColours: Bool {
    switch colour {
    case .auto: Terminal.messages.hasColours
    case .always: true
    case .never: false
    }
  }
}
