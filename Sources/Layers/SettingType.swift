/// What kind of value a setting takes.
public indirect enum SettingType: Hashable, Sendable {
  /// A number without a fraction.
  case wholeNumber
  /// A number that may have a fraction.
  case number
  /// `true` or `false`.
  case truthValue
  /// Text.
  case word
  /// One of some names.
  case choice([String])
  /// A list of values of one kind.
  case list(SettingType)
  /// A value of another kind, as JSON.
  case other

  /// The names there are to choose from, also for the elements of a list; none for other kinds.
  public var choices: [String] {
    switch self {
    case .choice(let names): names
    case .list(let element): element.choices
    default: []
    }
  }
}

extension SettingType: CustomStringConvertible {
  /// The kind in a user's words, such as "whole number" or "list of choices".
  public var description: String {
    switch self {
    case .wholeNumber: "whole number"
    case .number: "number"
    case .truthValue: "true or false"
    case .word: "word"
    case .choice: "choice"
    case .list(.truthValue): "list of true or false"
    case .list(let element): "list of \(element)s"
    case .other: "value"
    }
  }
}
