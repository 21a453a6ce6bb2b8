/// Where the examples of a ``Dataset`` come from; stored in the checkpoint of a model trained on them.
public struct Provenance: Hashable, Codable, Sendable {
  /// The source as it can be written again, such as `digits` or `idx:mnist`; folders that lead to the
  /// data are left out, because checkpoints are shared.
  public let source: String
  /// Number of examples.
  public let count: Int
  /// SHA-256 of the example values in order, in lower-case hexadecimal: of the bytes where the data set
  /// holds bytes (images channel by channel), of little-endian float32 otherwise. Labels are left out.
  public let sha256: String
  /// Licence of the data, `nil` where the source does not state one.
  public let licence: String?
  /// Who to cite, with year and title, `nil` where unknown.
  public let citation: String?
  /// Where the data is published, `nil` where unknown.
  public let url: String?

  /// Makes a record of where examples come from.
  public init(
    source: String, count: Int, sha256: String, licence: String? = nil, citation: String? = nil,
    url: String? = nil
  ) {
    self.source = source
    self.count = count
    self.sha256 = sha256
    self.licence = licence
    self.citation = citation
    self.url = url
  }
}
