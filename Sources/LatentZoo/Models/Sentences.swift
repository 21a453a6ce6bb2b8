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
