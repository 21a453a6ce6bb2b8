import Foundation

/// Files of sentences, one a line, with fields between tabs: a label and a sentence, or a sentence alone.
enum SentenceTable {
  /// The scheme `tsv:FILE|DIR`.
  static let scheme = DataScheme(
    name: "tsv", argument: "FILE|DIR",
    summary: "sentences, one a line behind a label and a tab; a folder has train.tsv and test.tsv",
    options: SentenceOptions.list + [
      DataScheme.Option(
        name: "column", usual: "2, or 1 of a single one",
        summary: "which field is the sentence, from 1"),
      DataScheme.Option(
        name: "label", usual: "1 beside a sentence",
        summary: "which field is the class, from 1; 0 for none"),
    ], open: open)

  @Sendable private static func open(
    _ argument: String, _ options: DataOptions
  ) throws(DatasetError) -> DataParts {
    let chosen = try SentenceOptions(options)
    let path = (argument as NSString).expandingTildeInPath
    var (trainPath, testPath) = try files(at: path)
    if let given = chosen.testPath { testPath = (given as NSString).expandingTildeInPath }
    let train = try read(trainPath, options)
    var test: Corpus?
    if let testPath { test = try read(testPath, options) }
    let name = URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent
    return Corpus.parts(
      named: TextFile.stem(of: name), train: train, test: test, options: chosen, for: options,
      origin: DataOrigin(source: "tsv:\(name)"))
  }

  /// The training and the test file: in a folder `train.tsv` and `test.tsv`, or its only table.
  private static func files(at path: String) throws(DatasetError) -> (String, String?) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .fileMissing(path: path)
    }
    guard isFolder.boolValue else { return (path, nil) }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    } catch {
      throw .unreadable(path: path, reason: "the system refuses to list it")
    }
    func find(_ stem: String) -> String? {
      ["\(stem).tsv", "\(stem).tsv.gz"].first(where: names.contains).map { "\(path)/\($0)" }
    }
    if let train = find("train") { return (train, find("test")) }
    let tables = names.filter { $0.hasSuffix(".tsv") || $0.hasSuffix(".tsv.gz") }
    guard let only = tables.first else { throw .fileMissing(path: "\(path)/train.tsv") }
    guard tables.count == 1 else { throw .ambiguousFiles(directory: path, names: tables) }
    return ("\(path)/\(only)", nil)
  }

  /// The sentences of a file with their labels; empty lines are passed over.
  private static func read(
    _ path: String, _ options: DataOptions
  ) throws(DatasetError) -> Corpus {
    let rows = try rows(of: path)
    guard let width = rows.first?.fields.count else { throw .noSentences(path: path) }
    let column = try Self.column("column", options, usual: min(2, width), least: 1)
    let label = try Self.column("label", options, usual: column == 1 ? 0 : 1, least: 0)
    var (texts, labels): ([String], [String]) = ([], [])
    for (line, fields) in rows {
      guard fields.count == width else {
        throw .raggedRow(path: path, line: line, expected: width, found: fields.count)
      }
      for wanted in [column, label] where wanted > width {
        throw .missingColumn(path: path, line: line, column: wanted, found: width)
      }
      texts.append(String(fields[column - 1]))
      if label > 0 { labels.append(String(fields[label - 1])) }
    }
    let corpus = Corpus(texts, labels: label > 0 ? labels : nil)
    if let empty = corpus.sentences.firstIndex(where: { $0.tokens.isEmpty }) {
      throw .emptySentence(path: path, line: rows[empty].line)
    }
    return corpus
  }

  /// Lines with their numbers from 1, split at tabs.
  private static func rows(
    of path: String
  ) throws(DatasetError) -> [(line: Int, fields: [Substring])] {
    try TextFile.text(of: path).split(omittingEmptySubsequences: false) {
      $0 == "\n" || $0 == "\r\n"
    }
    .enumerated().filter { !$0.element.isEmpty }
    .map { ($0.offset + 1, $0.element.split(separator: "\t", omittingEmptySubsequences: false)) }
  }

  /// The number of a field; what a model was trained on says nothing about it.
  private static func column(
    _ name: String, _ options: DataOptions, usual: Int, least: Int
  ) throws(DatasetError) -> Int {
    try SentenceOptions.number(
      name, DataOptions(values: options.values), usual: usual, least: least)
  }
}
