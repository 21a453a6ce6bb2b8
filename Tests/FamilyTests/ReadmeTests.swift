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
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let readme = try String(
      contentsOf: folder.appendingPathComponent("../../README.md"), encoding: .utf8)
    let source = try String(
      contentsOf: folder.appendingPathComponent("NoisyAutoencoder.swift"), encoding: .utf8)
    #expect(readme.contains("```swift\n\(source)```"))
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
}
