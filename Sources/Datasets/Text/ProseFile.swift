import Foundation

/// Files of prose: paragraphs between blank lines, documents between form feeds.
enum ProseFile {
  /// The scheme `text:FILE`.
  static let scheme = DataScheme(
    name: "text", argument: "FILE",
    summary: "the sentences of UTF-8 prose in order, compressed or not; a form feed ends a book",
    options: SentenceOptions.list, open: open)

  @Sendable private static func open(
    _ argument: String, _ options: DataOptions
  ) throws(DatasetError) -> DataParts {
    let chosen = try SentenceOptions(options)
    let path = (argument as NSString).expandingTildeInPath
    let train = try read(path)
    var test: Corpus?
    if let testPath = chosen.testPath {
      test = try read((testPath as NSString).expandingTildeInPath)
    }
    let file = URL(fileURLWithPath: path).lastPathComponent
    return Corpus.parts(
      named: TextFile.stem(of: file), train: train, test: test, options: chosen, for: options,
      origin: DataOrigin(source: "text:\(file)"))
  }

  /// The sentences of a file.
  ///
  /// - Throws: ``DatasetError/noSentences(path:)``, and as ``TextFile/text(of:)``.
  private static func read(_ path: String) throws(DatasetError) -> Corpus {
    let documents = SentenceSplitter().documents(in: try TextFile.text(of: path))
    guard !documents.isEmpty else { throw .noSentences(path: path) }
    return Corpus(documents: documents)
  }
}
