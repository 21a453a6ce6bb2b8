/// What is known about a source before its examples are counted and hashed.
public struct DataOrigin: Hashable, Sendable {
  /// The source as it can be written again, such as `digits` or `idx:mnist`.
  public var source: String
  /// Licence of the data, `nil` where the source does not state one.
  public var licence: String?
  /// Who to cite, with year and title, `nil` where unknown.
  public var citation: String?
  /// Where the data is published, `nil` where unknown.
  public var url: String?

  /// Makes a description of a source.
  public init(
    source: String, licence: String? = nil, citation: String? = nil, url: String? = nil
  ) {
    self.source = source
    self.licence = licence
    self.citation = citation
    self.url = url
  }
}
