/// The numbers that a setting takes; of a list, those that each of its elements may be.
public enum SettingRange: Hashable, Sendable {
  /// Whatever its type takes.
  case any
  /// The number or more.
  case atLeast(Double)
  /// More than the number.
  case above(Double)
  /// From the first to the second number, both included.
  case within(ClosedRange<Double>)
  /// From the first number, included, to the second, excluded; such as probabilities that never become certain.
  case from(Range<Double>)
  /// From the first to the second number, both excluded.
  case between(Double, Double)

  /// Whether a number lies in the range; NaN lies in ``any`` alone.
  ///
  /// - Parameter number: what a user gives.
  public func contains(_ number: Double) -> Bool {
    switch self {
    case .any: true
    case .atLeast(let least): number >= least
    case .above(let bound): number > bound
    case .within(let range): range.contains(number)
    case .from(let range): range.contains(number)
    case .between(let lower, let upper): number > lower && number < upper
    }
  }

  /// What a single number has to be, to complete "setting "key" …".
  var requirement: String {
    switch self {
    case .atLeast(0): "must not be negative"
    case .above(0): "must be positive"
    case .within, .from: "lies in \(description)"
    case .between: "lies \(description)"
    case .any, .atLeast, .above: "must be \(description)"
    }
  }

  /// What a list of numbers has to be, to complete "setting "key" …".
  var elementRequirement: String {
    switch self {
    case .within, .from: "must be numbers in \(description)"
    case .atLeast(0): "must be numbers that are not negative"
    case .any, .atLeast, .above, .between: "must be numbers \(description)"
    }
  }
}

extension SettingRange: CustomStringConvertible {
  /// The range as a table shows it, such as `1...65536` or "at least 0".
  public var description: String {
    switch self {
    case .any: "any"
    case .atLeast(let least): "at least \(Self.text(least))"
    case .above(let bound): "above \(Self.text(bound))"
    case .within(let range):
      "\(Self.text(range.lowerBound))...\(Self.text(range.upperBound))"
    case .from(let range): "\(Self.text(range.lowerBound))..<\(Self.text(range.upperBound))"
    case .between(let lower, let upper):
      "between \(Self.text(lower)) and \(Self.text(upper))"
    }
  }

  /// A number without needless digits.
  private static func text(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? String(number)
  }
}
