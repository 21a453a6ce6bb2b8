import AEFamily
import DenseBackbone
import Foundation
import LatentZoo
import TestSupport
import Testing

/// The README's family is compiled here, and obeys the laws of every family.
@Suite struct ReadmeTests {
  @Test("The README shows the family that is compiled here")
  func isCurrent() throws {
    let source = try Prose.text(of: "Tests/FamilyTests/NoisyAutoencoder.swift")
    #expect(try Prose.text(of: "README.md").contains("```swift\n\(source)```"))
  }

  @Test("The README's family is a well-behaved family")
  func isWellBehaved() throws {
    let registry = try FamilyTests.makeRegistry()
    try registry.register(NoisyAutoencoder.self, provider: "a stranger")
    try checkModelFamily(
      NoisyAutoencoder.self, registry: registry,
      settings: [Setting(key: "hiddenSizes", value: [12]), Setting(key: "latentSize", value: 3)],
      data: try FamilyTests.digits())
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
