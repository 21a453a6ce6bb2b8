/// How a source is to be read.
public struct DataOptions: Sendable {
  /// What the user asked for by name, such as `size` = `64x64`; see ``DataScheme/options``.
  public var values: [String: String]
  /// That of a model the data is meant for: it is applied, where otherwise the reader would fit its own.
  public var preprocessing: Preprocessing?
  /// That of a model the data is meant for: it is used, where otherwise the reader would make one.
  public var vocabulary: Vocabulary?

  /// Asks for nothing in particular.
  public init(
    values: [String: String] = [:], preprocessing: Preprocessing? = nil,
    vocabulary: Vocabulary? = nil
  ) {
    self.values = values
    self.preprocessing = preprocessing
    self.vocabulary = vocabulary
  }

  /// The value of an option: what the user asked for, otherwise what the model was trained with.
  public subscript(name: String) -> String? { values[name] ?? preprocessing?.options[name] }
}
