import Foundation

/// A place that data is read from, as it is written on a command line: `digits` or `idx:DIR`.
public struct DataSource: Sendable {
  /// The source as it was written.
  public let text: String
  private let scheme: DataScheme
  private let argument: String

  /// All kinds of source, in the order in which they are listed: a new one is a line here.
  public static let schemes: [DataScheme] = [
    DataScheme(
      name: "digits", argument: nil,
      summary: "1,797 handwritten digits of 8×8 pixels, part of this library"
    ) { _, _ in DataParts(train: EmbeddedDigits.dataset()) },
    .shapes,
    DataScheme(
      name: "idx", argument: "DIR",
      summary: "a folder of files in the format of MNIST, compressed or not", open: openIDX),
    .images, .npy, .h5, .csv,
    ProseFile.scheme, SentenceTable.scheme,
  ]

  /// What can be asked of every source beside its own options.
  public static let commonOptions = [
    DataScheme.Option(
      name: "binarize", usual: "none",
      summary: "a seed: each value in 0...1 is drawn once as 0 or 1, with itself as the probability"
    )
  ]

  /// Understands how a source is written; nothing is read yet.
  ///
  /// - Throws: ``DatasetError/unknownScheme(text:nearest:known:)``,
  ///   ``DatasetError/missingArgument(scheme:usage:)`` and
  ///   ``DatasetError/unexpectedArgument(scheme:argument:)``.
  public init(parsing text: String) throws(DatasetError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map(String.init) ?? ""
    guard let scheme = Self.schemes.first(where: { $0.name == name }) else {
      let nearest = NearestName.of(name, among: Self.schemes.map(\.name))
      throw .unknownScheme(
        text: text,
        nearest: Self.schemes.first { $0.name == nearest }.map { scheme in
          scheme.argument == nil || parts.count < 2 || parts[1].isEmpty
            ? scheme.usage : "\(scheme.name):\(parts[1])"
        },
        known: Self.schemes.map(\.usage))
    }
    let argument = parts.count == 2 ? String(parts[1]) : nil
    if scheme.argument == nil, let argument {
      throw .unexpectedArgument(scheme: name, argument: argument)
    }
    if scheme.argument != nil, argument?.isEmpty ?? true {
      throw .missingArgument(scheme: name, usage: scheme.usage)
    }
    self.text = text
    self.scheme = scheme
    self.argument = argument ?? ""
  }

  /// Reads the data into memory, or gets ready to read it from disk.
  ///
  /// - Throws: ``DatasetError``, naming the file and what is wrong with it.
  public func open(_ options: DataOptions = DataOptions()) throws(DatasetError) -> DataParts {
    let known = (scheme.options + Self.commonOptions).map(\.name)
    for name in options.values.keys.sorted() where !known.contains(name) {
      throw .unknownOption(scheme: scheme.name, option: name, known: known)
    }
    let parts = try scheme.open(argument, options)
    guard let text = options["binarize"], text != "none" else { return parts }
    guard let seed = UInt64(text) else {
      throw .badOption(
        option: "binarize", found: text, requirement: "is a whole number, the seed, or none")
    }
    return try parts.binarized(seed: seed)
  }

  @Sendable private static func openIDX(
    _ argument: String, _ options: DataOptions
  ) throws(DatasetError) -> DataParts {
    let path = (argument as NSString).expandingTildeInPath
    let folder = URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent
    return try IDXDirectory(path: path).open(
      name: folder, origin: DataOrigin(source: "idx:\(folder)"))
  }
}

extension DataSource: CustomStringConvertible {
  /// The source as it was written.
  public var description: String { text }
}
