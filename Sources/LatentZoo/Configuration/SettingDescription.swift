/// What a setting is for, and which numbers it takes: the one place for both.
///
/// Its type and its default are those of the property that bears the key.
public struct SettingDescription: Hashable, Sendable {
  /// The name of the property.
  public let key: String
  /// What it is for: one line of plain words, beginning small and without a full stop.
  public let documentation: String
  /// The numbers it takes, which are checked before ``ModelConfiguration/validate()``.
  public let range: SettingRange

  /// Describes a setting.
  ///
  /// - Parameters:
  ///   - key: the name of the property.
  ///   - documentation: what it is for, in one line, such as "number of elements of the code".
  ///   - range: the numbers it takes; of a list, those that each element may be.
  public init(_ key: String, _ documentation: String, _ range: SettingRange = .any) {
    self.key = key
    self.documentation = documentation
    self.range = range
  }
}
