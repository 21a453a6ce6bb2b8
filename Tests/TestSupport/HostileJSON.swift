import Foundation
public import LatentZoo

/// Changes JSON documents the way somebody would who wants their reader to fail.
public struct HostileJSON {
  private var random: RandomSource

  private static let values: [JSONValue] = [
    .null, true, false, 0, 1, -1, 2, 3, 7, 15, 16, 17, 63, 64, 65_536, 1_048_576, 16_777_216,
    268_435_456, 4_294_967_296, .integer(.max), .integer(.min), .number(1e300), .number(-0.5),
    .number(1e-300), "", "x", "standardNormal", "dense", "vae", [], [0], [1], [-1], [1, 1],
    [3, 7, 5],
    [2_147_483_647, 2_147_483_647], [.integer(.max), .integer(.max)], .object([:]),
    .object(["kind": "labelled", "classCount": 1_000_000_000, "style": "fitted"]),
    .array(Array(repeating: 1, count: 40)),
  ]

  /// Begins; equal seeds change equally.
  public init(seed: UInt64) { random = RandomSource(seed: seed) }

  /// The document with one to three of its values changed, left out or doubled.
  public mutating func changed(_ value: JSONValue) -> JSONValue {
    var changed = value
    for _ in 0..<Int(random.uniform() * 3) + 1 { changed = change(changed) }
    return changed
  }

  private mutating func change(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(let fields) where !fields.isEmpty && random.uniform() < 0.93:
      let keys = fields.keys.sorted()
      let key = keys[index(below: keys.count)]
      var fields = fields
      if random.uniform() < 0.05 {
        fields[key] = nil
      } else {
        fields[key] = change(fields[key] ?? .null)
      }
      return .object(fields)
    case .array(let values) where !values.isEmpty && random.uniform() < 0.8:
      var values = values
      let place = index(below: values.count)
      switch random.uniform() {
      case ..<0.1: values.remove(at: place)
      case ..<0.2: values.insert(values[place], at: place)
      default: values[place] = change(values[place])
      }
      return .array(values)
    default: return Self.values[index(below: Self.values.count)]
    }
  }

  private mutating func index(below count: Int) -> Int {
    min(Int(random.uniform() * Float(count)), count - 1)
  }
}
