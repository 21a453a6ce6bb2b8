extension Model {
  /// How to open data for this model: as its training data was, apart from what the user asks for.
  ///
  /// - Parameter values: options of the source that the user gave.
  public func dataOptions(_ values: [String: String] = [:]) -> DataOptions {
    DataOptions(
      values: values, preprocessing: record.preprocessing, vocabulary: vocabulary)
  }
}
