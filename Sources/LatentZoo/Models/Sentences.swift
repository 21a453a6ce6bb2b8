extension Vocabulary {
  /// The sentences that tokens stand for, each up to its end, words apart by spaces.
  ///
  /// - Parameter tokens: `[N, T]`
  public func sentences(of tokens: NDArray) -> [String] {
    (0..<tokens.shape[0]).map { row in
      text(of: tokens.rows(row..<row + 1).scalars.map { Int($0) })
    }
  }
}

extension DataFile {
  /// The ending of sentences.
  static let textExtension = "txt"

  /// Whether a name ends as a file of sentences does, one a line.
  public static func isText(_ path: String) -> Bool {
    path.lowercased().hasSuffix("." + textExtension)
  }

  /// Writes lines of text.
  ///
  /// - Throws: `DatasetError`; a file that is there stays as it was.
  public static func write(lines: [String], to path: String) throws {
    try OutputFile.write(Array(lines.map { $0 + "\n" }.joined().utf8), to: path)
  }
}

extension Model {
  /// Writes examples: sentences to `.txt`, images to `.png`, rows of a table in raw units to `.csv`, otherwise numbers.
  ///
  /// - Parameters:
  ///   - examples: `[N, ...dataShape]`
  ///   - labels: the class of each; only `.h5` has a place for them.
  ///   - path: the file; its ending tells the format.
  /// - Throws: `DatasetError`; a file that is there stays as it was.
  public func write(_ examples: NDArray, labels: [Int]? = nil, to path: String) throws {
    if DataFile.isText(path), let vocabulary {
      return try DataFile.write(lines: vocabulary.sentences(of: examples), to: path)
    }
    try DataFile.write(examples, labels: labels, of: record.preprocessing, to: path)
  }

  /// Examples as text: sentences, one a line, otherwise as in a `.csv` file.
  public func text(of examples: NDArray) -> String {
    guard let vocabulary else { return DataFile.csvText(of: examples, of: record.preprocessing) }
    return vocabulary.sentences(of: examples).map { $0 + "\n" }.joined()
  }
}
