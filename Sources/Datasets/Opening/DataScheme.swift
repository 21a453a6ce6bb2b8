/// One way to name data, such as `idx:DIR`: a line in the table of ``DataSource/schemes``.
public struct DataScheme: Sendable {
  /// The word before the colon, such as `idx`.
  public let name: String
  /// What stands after the colon, such as `DIR`; `nil` where nothing does.
  public let argument: String?
  /// One line for a list of sources.
  public let summary: String
  let open: @Sendable (_ argument: String) throws(DatasetError) -> DataParts

  /// How the source is written, such as `idx:DIR`.
  public var usage: String { argument.map { "\(name):\($0)" } ?? name }
}
