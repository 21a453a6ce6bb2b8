/// What can be asked of the readers of sentences, with the options of a model going before the defaults.
struct SentenceOptions {
  /// Tokens of the vocabulary at most, the special ones among them.
  let vocabularySize: Int
  /// Tokens that occur less often are unknown.
  let minimumCount: Int
  /// Tokens of a sentence, its end among them; longer ones are cut.
  let length: Int
  /// A file with the test part, `nil` for none.
  let testPath: String?

  /// The options of both readers.
  static let list = [
    DataScheme.Option(
      name: "length", usual: "30",
      summary: "tokens of a sentence with its end; longer ones are cut"),
    DataScheme.Option(
      name: "vocabulary", usual: "20000", summary: "how many tokens are known at most"),
    DataScheme.Option(
      name: "minimumCount", usual: "2", summary: "tokens that occur less often are unknown"),
    DataScheme.Option(name: "test", usual: "none", summary: "a file with the test part"),
  ]

  /// - Throws: ``DatasetError/badOption(option:found:requirement:)``.
  init(_ options: DataOptions) throws(DatasetError) {
    vocabularySize = try Self.number("vocabulary", options, usual: 20_000, least: 4)
    minimumCount = try Self.number("minimumCount", options, usual: 2, least: 1)
    length = try Self.number("length", options, usual: 30, least: 2)
    testPath = options.values["test"]
  }

  /// What a checkpoint keeps.
  var recorded: [String: String] {
    [
      "length": "\(length)", "vocabulary": "\(vocabularySize)", "minimumCount": "\(minimumCount)",
    ]
  }

  /// A whole number from `least` to a million.
  static func number(
    _ name: String, _ options: DataOptions, usual: Int, least: Int
  ) throws(DatasetError) -> Int {
    guard let text = options[name] else { return usual }
    guard let number = Int(text), number >= least, number <= 1_000_000 else {
      throw .badOption(
        option: name, found: text, requirement: "is a whole number from \(least) to 1000000")
    }
    return number
  }
}
