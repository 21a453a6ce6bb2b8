import LatentZoo

extension DataSource {
  /// How each kind of source is written, for help texts.
  static var usages: String { schemes.map(\.usage).joined(separator: " or ") }
}
