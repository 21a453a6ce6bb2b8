/// One entry of a group: a name and what it leads to.
public struct Member: Hashable, Sendable {
  /// What a link leads to.
  public enum Kind: String, Hashable, Sendable {
    /// A group.
    case group
    /// A dataset.
    case dataset
    /// A named type, or the unknown end of a link that is not followed.
    case other = "other object"
  }

  /// How a link leads there.
  public enum Link: String, Hashable, Sendable {
    /// The object itself.
    case hard
    /// A path inside the same file.
    case soft
    /// A path inside another file.
    case external
    /// A link of a kind that some program defined.
    case userDefined = "user-defined"
  }

  /// Name inside the group, without its path.
  public let name: String
  /// What the link leads to; `.other` for every link that is not hard, because those are not followed.
  public let kind: Kind
  /// How the link leads there.
  public let link: Link
}
