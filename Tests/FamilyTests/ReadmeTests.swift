import Foundation
import Testing

/// What README and articles show is compiled, here or with the example package.
@Suite struct ReadmeTests {
  @Test("The README shows the family that is compiled here")
  func isCurrent() throws {
    let source = try Prose.text(of: "Tests/FamilyTests/NoisyAutoencoder.swift")
    #expect(try Prose.text(of: "README.md").contains("```swift\n\(source)```"))
  }

  @Test("All Swift of README and articles is compiled", arguments: Prose.documents)
  func isCompiled(_ document: String) throws {
    let sources = try Prose.sources.map { try Prose.text(of: $0) }
    for block in try Prose.swiftBlocks(of: document) {
      #expect(
        sources.contains { Prose.holds($0, block) },
        "no source that is compiled holds this block of \(document):\n\(block)")
    }
  }
}
