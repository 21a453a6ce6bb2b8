import Foundation

/// README and articles: their Swift, and the sources it is compiled in.
enum Prose {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static let articles = "Sources/LatentZoo/LatentZoo.docc"
  private static let snippets = "Tests/FamilyTests/Articles"

  /// What has Swift in it, as paths below the root.
  static let documents = ["README.md"] + files(in: articles, ending: ".md")

  /// What is compiled, here or with the example package.
  static let sources =
    files(in: snippets, ending: ".swift") + [
      "Plugins/Example/Package.swift",
      "Plugins/Example/Sources/Example/main.swift",
      "Plugins/Example/Sources/NoisyFamily/NoisyAutoencoder.swift",
      "Plugins/Example/Sources/NoisyFamily/NoisyPlugin.swift",
    ]

  private static func files(in folder: String, ending: String) -> [String] {
    let found = FileManager.default.enumerator(
      at: root.appendingPathComponent(folder), includingPropertiesForKeys: nil)
    return (found?.allObjects as? [URL] ?? []).map(\.lastPathComponent)
      .filter { $0.hasSuffix(ending) }.sorted().map { "\(folder)/\($0)" }
  }

  /// A file as text.
  static func text(of path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// The contents of a document's fences that begin with the word `swift`.
  static func swiftBlocks(of document: String) throws -> [String] {
    try text(of: document).components(separatedBy: "```swift\n").dropFirst().compactMap { rest in
      rest.components(separatedBy: "```").first
    }
  }

  /// Whether a source has every paragraph of a block, in order; its statements may stand in a function there.
  static func holds(_ source: String, _ block: String) -> Bool {
    var rest = normalized(source)[...]
    for paragraph in normalized(block).components(separatedBy: "\n\n") {
      let lines = paragraph.split(separator: "\n")
      let indented = lines.map { "  \($0)" }.joined(separator: "\n")
      guard
        let place = rest.range(of: indented)
          ?? rest.range(of: lines.joined(separator: "\n"))
      else { return false }
      rest = rest[place.upperBound...]
    }
    return true
  }

  /// Text with comments behind code moved up to it.
  private static func normalized(_ text: String) -> String {
    text.replacing(/\ +\/\//, with: " //")
  }
}
