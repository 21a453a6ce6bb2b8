extension DataOptions {
  /// The value of an option that is one of few words.
  ///
  /// - Throws: ``DatasetError/badOption(option:found:requirement:)``.
  func choice<Choice: RawRepresentable & CaseIterable>(
    named name: String, from type: Choice.Type
  ) throws(DatasetError) -> Choice? where Choice.RawValue == String {
    guard let text = self[name] else { return nil }
    guard let choice = Choice(rawValue: text) else {
      throw .badOption(
        option: name, found: text,
        requirement: "is " + Choice.allCases.map(\.rawValue).joined(separator: " or "))
    }
    return choice
  }

  /// The value of an option that is one of few numbers.
  ///
  /// - Throws: ``DatasetError/badOption(option:found:requirement:)``.
  func number(named name: String, allowed: [Int]) throws(DatasetError) -> Int? {
    guard let text = self[name] else { return nil }
    guard let number = Int(text), allowed.contains(number) else {
      throw .badOption(
        option: name, found: text,
        requirement: "is " + allowed.map(String.init).joined(separator: " or "))
    }
    return number
  }

  /// The value of an option that is a number in a range.
  ///
  /// - Throws: ``DatasetError/badOption(option:found:requirement:)``.
  func number(named name: String, in range: ClosedRange<Int>) throws(DatasetError) -> Int? {
    guard let text = self[name] else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw .badOption(
        option: name, found: text,
        requirement: "is a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// The value of an option that is `yes` or `no`.
  ///
  /// - Throws: ``DatasetError/badOption(option:found:requirement:)``.
  func flag(named name: String) throws(DatasetError) -> Bool? {
    guard let text = self[name] else { return nil }
    guard text == "yes" || text == "no" else {
      throw .badOption(option: name, found: text, requirement: "is yes or no")
    }
    return text == "yes"
  }
}
