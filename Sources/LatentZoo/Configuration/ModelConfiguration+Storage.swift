import Foundation

extension ModelConfiguration {
  /// What is lost when settings are written to a checkpoint and read again; `nil` where nothing is.
  public static func storageProblem() -> String? {
    let defaults = Self()
    do {
      let fields = try defaults.json.fields
      for case let label? in Mirror(reflecting: defaults).children.map(\.label)
      where fields[label] == nil {
        return
          "the setting \(label) is not written; optional properties and coding keys of one's own lose it"
      }
      guard try decode(fields) == defaults else {
        return "the defaults are not read back as they were written"
      }
      for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
        guard let other = value.another else { continue }
        let changed = fields.merging([key: other]) { _, new in new }
        guard try decode(changed).json.fields[key] == other else {
          return "\(key)=\(other) is not read back as it was written"
        }
      }
      return nil
    } catch {
      return "it cannot be written as JSON and read again (\(error))"
    }
  }

  private static func decode(_ fields: [String: JSONValue]) throws -> Self {
    try JSONDecoder().decode(Self.self, from: try JSONEncoder().encode(JSONValue.object(fields)))
  }
}

extension JSONValue {
  /// Another value of the same kind; `nil` of those of which not any will do.
  fileprivate var another: JSONValue? {
    switch self {
    case .bool(let value): .bool(!value)
    case .integer(let value): .integer(value + 1)
    case .number(let value): .number(value == 0.5 ? 0.25 : 0.5)
    default: nil
    }
  }
}
