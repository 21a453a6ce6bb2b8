import Foundation
import LatentZoo
import Testing

@Suite("What settings say of themselves") struct SettingTests {
  private static let ranges:
    [(range: SettingRange, inside: [Double], outside: [Double], text: String)] = [
      (.any, [-1, .infinity, .nan], [], "any"),
      (.atLeast(1), [1, 7], [0.9, -1, .nan], "at least 1"),
      (.above(0), [1e-9], [0, -1], "above 0"),
      (.within(1...64), [1, 64], [0, 65], "1...64"),
      (.from(0..<1), [0, 0.99], [1, -0.1], "0..<1"),
      (.between(0, 0.5), [0.1], [0, 0.5], "between 0 and 0.5"),
    ]

  @Test("Ranges hold their numbers, and tell which") func ranges() {
    for (range, inside, outside, text) in Self.ranges {
      #expect(inside.allSatisfy(range.contains), "\(range)")
      #expect(!outside.contains(where: range.contains), "\(range)")
      #expect("\(range)" == text)
    }
  }

  @Test("Type and default come from the property, the rest from its description") func cards()
    throws
  {
    let entry = try toyRegistry().family(named: "toy").entry
    let cards = try entry.settings()
    #expect(cards.map(\.key) == ["latentSize", "kind", "sizes", "rate", "isLoud"])
    #expect(
      cards.map { "\($0.type)" } == [
        "whole number", "choice", "list of whole numbers", "number", "true or false",
      ])
    #expect(cards.map(\.defaultValue) == [2, "plain", [4], 0.5, false])
    #expect(cards[1].type.choices == ["plain", "fancy"])
    #expect(cards[0].documentation == "number of elements of the code")
    #expect(cards[4].documentation.isEmpty && cards[4].range == .any)
  }

  @Test("JSON names bounds as JSON Schema does") func json() throws {
    let cards = try toyRegistry().family(named: "toy").entry.settings()
    let data = try JSONEncoder().encode(cards)
    let list = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    #expect(list[0]["minimum"] as? Double == 1 && list[0]["maximum"] == nil)
    #expect(list[1]["choices"] as? [String] == ["plain", "fancy"])
    #expect(
      list[2]["maximum"] as? Double == 9 && list[2]["type"] as? String == "list of whole numbers")
    #expect(list[3]["exclusiveMinimum"] as? Double == 0)
    #expect(list[4]["default"] as? Bool == false && list[4]["choices"] == nil)
  }

  @Test(
    "A number outside its range is refused before the family looks at it",
    arguments: [
      ("latentSize=0", "setting \"latentSize\" must be at least 1, got 0"),
      ("sizes=[4,0]", "setting \"sizes\" must be numbers in 1...9, got [4, 0]"),
      ("toy.rate=0", "setting \"rate\" lies between 0 and 10, got 0"),
    ])
  func refusals(_ setting: String, _ sentence: String) throws {
    let registry = try toyRegistry()
    let said = message {
      _ = try registry.specification(
        for: "toy", settings: [try Setting(parsing: setting)], data: DataSignature(DataShape([4])))
    }
    #expect(said == sentence)
  }
}
