/// A beginning of weights' names and what stands in its place, such as `module.=` or `fc1=encoder/head`.
///
/// Dots count as slashes. Only whole parts of a name are replaced: `fc1` does not meet `fc10/weight`.
public struct WeightRenaming: Hashable, Sendable {
  private let old: [Substring]
  private let new: [Substring]

  /// Reads what a user types, `old=new`; either may be empty.
  ///
  /// - Throws: ``ExchangeError/badRenaming(_:)``.
  public init(parsing text: String) throws(ExchangeError) {
    let sides = text.split(separator: "=", omittingEmptySubsequences: false)
    guard sides.count == 2 else { throw .badRenaming(text) }
    (old, new) = (Self.parts(of: sides[0]), Self.parts(of: sides[1]))
  }

  /// The name with its beginning replaced; `nil` where it begins otherwise.
  func renamed(_ name: String) -> String? {
    let parts = Self.parts(of: name[...])
    guard parts.starts(with: old) else { return nil }
    return (new + parts.dropFirst(old.count)).joined(separator: "/")
  }

  static func parts(of name: Substring) -> [Substring] {
    name.split(whereSeparator: { $0 == "." || $0 == "/" })
  }
}

extension [WeightRenaming] {
  /// The path of a weight: that of the first renaming that meets the name, otherwise the name itself with slashes.
  func path(of name: String) -> String {
    for renaming in self {
      if let path = renaming.renamed(name) { return path }
    }
    return WeightRenaming.parts(of: name[...]).joined(separator: "/")
  }
}
