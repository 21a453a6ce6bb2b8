/// One way to name data, such as `idx:DIR`: a line in the table of ``DataSource/schemes``.
public struct DataScheme: Sendable {
  /// Something that can be asked of a reader.
  public struct Option: Hashable, Sendable {
    /// Its name, such as `size`.
    public let name: String
    /// What holds when nothing is said, in words.
    public let usual: String
    /// One line for a list of options.
    public let summary: String
  }

  /// The word before the colon, such as `idx`.
  public let name: String
  /// What stands after the colon, such as `DIR`; `nil` where nothing does.
  public let argument: String?
  /// One line for a list of sources.
  public let summary: String
  /// What can be asked of the reader.
  public let options: [Option]
  let open: @Sendable (_ argument: String, _ options: DataOptions) throws(DatasetError) -> DataParts

  init(
    name: String, argument: String?, summary: String, options: [Option] = [],
    open: @escaping @Sendable (String, DataOptions) throws(DatasetError) -> DataParts
  ) {
    self.name = name
    self.argument = argument
    self.summary = summary
    self.options = options
    self.open = open
  }

  /// How the source is written, such as `idx:DIR`.
  public var usage: String { argument.map { "\(name):\($0)" } ?? name }
}
