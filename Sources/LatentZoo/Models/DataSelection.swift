/// The part of a source that a model is used on, and what is known about it.
public struct DataSelection: Sendable {
  /// Which part is meant.
  public enum Part: String, CaseIterable, Codable, Hashable, Sendable {
    /// The test part where the source has one, otherwise everything.
    case auto
    /// The test part.
    case test
    /// The training part: everything where the source has no test part.
    case train
  }

  /// The examples.
  public let dataset: Dataset
  /// Training examples to compare them with, `nil` where the selection is taken from those itself.
  public let reference: Dataset?
  /// What was selected, such as `test part of idx:mnist`.
  public let description: String
  /// SHA-256 of the part that the examples were taken from; see `Provenance.sha256`.
  public let partSHA256: String

  /// Selects a part of a source.
  ///
  /// - Parameters:
  ///   - part: which part.
  ///   - parts: all of the source.
  ///   - limit: take the first so many examples; `nil` for all.
  /// - Throws: ``DataSelectionError``, or `DatasetError` where the data can no longer be read.
  public init(
    _ part: Part, of parts: DataParts, limit: Int? = nil
  ) throws {
    let source = parts.train.provenance.source
    if part == .test, parts.test == nil { throw DataSelectionError.noTestPart(source: source) }
    if let limit, limit < 1 { throw DataSelectionError.badLimit(limit) }
    let test = part == .train ? nil : parts.test
    let whole = test ?? parts.train
    guard whole.count > 0 else { throw DataSelectionError.noExamples(source: source) }
    dataset = try limit.map { try whole.prefix($0) } ?? whole
    reference = test == nil ? nil : parts.train
    partSHA256 = whole.provenance.sha256
    let name =
      test != nil
      ? "test part of \(source)" : parts.test != nil ? "training part of \(source)" : source
    description = dataset.count < whole.count ? "first \(dataset.count) of \(name)" : name
  }
}

/// What can be wrong with a wish for a part of a source.
public enum DataSelectionError: Error, Hashable, Sendable {
  /// The source was published without a test part.
  case noTestPart(source: String)
  /// Less than one example is asked for.
  case badLimit(Int)
  /// The part is empty.
  case noExamples(source: String)
}

extension DataSelectionError: CustomStringConvertible {
  /// One sentence with a way out.
  public var description: String {
    switch self {
    case .noTestPart(let source):
      "\(source) has no test part: use --part train for all its examples"
    case .badLimit(let limit):
      "at least one example is needed, got a limit of \(limit): give 1 or more"
    case .noExamples(let source): "\(source) holds no examples: name another source"
    }
  }
}
