/// A type that settings may have: it says by itself what it takes.
public protocol SettingValue {
  /// What kind of value it is.
  static var settingType: SettingType { get }
}

extension Int: SettingValue {
  public static var settingType: SettingType { .wholeNumber }
}

extension Double: SettingValue {
  public static var settingType: SettingType { .number }
}

extension Float: SettingValue {
  public static var settingType: SettingType { .number }
}

extension Bool: SettingValue {
  public static var settingType: SettingType { .truthValue }
}

extension String: SettingValue {
  public static var settingType: SettingType { .word }
}

extension Array: SettingValue where Element: SettingValue {
  public static var settingType: SettingType { .list(Element.settingType) }
}

extension Choice {
  public static var settingType: SettingType { .choice(allCases.map(\.rawValue)) }
}
