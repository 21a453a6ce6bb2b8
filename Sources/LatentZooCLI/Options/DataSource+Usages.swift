import LatentZoo

extension DataSource {
  /// How each kind of source is written, for help texts.
  static var usages: String {
    let all = schemes.map(\.usage)
    return all.dropLast().joined(separator: ", ") + " or " + (all.last ?? "")
  }
}
