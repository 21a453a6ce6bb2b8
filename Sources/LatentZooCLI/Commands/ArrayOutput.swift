import Foundation
import LatentZoo

/// Where a command leaves numbers, pictures or sentences: a file, or `-` for CSV or sentences on standard output.
struct ArrayOutput {
  /// The path as it was given.
  let path: String

  /// Whether standard output is meant.
  var isStandardOutput: Bool { path == "-" }

  /// A place given by the user or, where none was, `NAME-suffix.ending` in the current folder.
  ///
  /// - Throws: `ZooError.badName` where the model's recorded name is no name.
  init(_ given: String?, for model: Model, suffix: String, ending: String) throws {
    if let given {
      path = given
    } else {
      path = "\(try ModelName(model.record.name))-\(suffix).\(ending)"
    }
  }

  /// Checks, before anything is computed, that a model's examples can go there.
  ///
  /// - Throws: `ModelError.noDecoder`, `DataFileError` or `DatasetError.unknownExtension`.
  func check(for model: Model) throws {
    guard model.hasDecoder else { throw ModelError.noDecoder(model: model.record.name) }
    guard !isStandardOutput else { return }
    try DataFile.check(path, for: model.dataShape, isText: model.vocabulary != nil)
  }

  /// Checks, before anything is computed, that codes can go there.
  ///
  /// - Throws: `DataFileError` or `DatasetError.unknownExtension`.
  func checkForCodes() throws {
    if !isStandardOutput { try DataFile.checkForCodes(path) }
  }

  /// Writes what `write` writes to a file, or text to standard output, and reports it.
  ///
  /// - Parameters:
  ///   - array: the numbers.
  ///   - text: what standard output gets; by default the array as CSV.
  ///   - report: what is said once a file is written.
  ///   - options: how that is said.
  ///   - write: writes the file at a path.
  func deliver(
    _ array: NDArray, as text: @autoclosure () -> String? = nil, _ report: WrittenReport,
    _ options: OutputOptions, write: (_ path: String) throws -> Void
  ) throws {
    let console = options.console
    if isStandardOutput {
      // The text ends its own last line.
      try Terminal.output.write(text() ?? ArrayFile.csvText(of: array))
      console.message("wrote \(report.what) to standard output")
      return
    }
    let isReplaced = FileManager.default.fileExists(atPath: ArrayFile.file(of: path))
    try write(path)
    var report = report
    report.replaced = isReplaced
    if options.json {
      try console.print(json: report)
    } else {
      try console.print(report.text)
    }
  }
}

/// What was written where.
struct WrittenReport: Encodable {
  /// Name of the model.
  let model: String
  /// What was written, for people: `64 samples of vae-digits`.
  let what: String
  /// The file.
  let path: String
  /// Number of examples or codes.
  let count: Int
  /// Shape of the numbers.
  let shape: [Int]
  /// Where the examples came from; left out where none were needed.
  var data: String?
  /// Key of what was drawn; left out where nothing was.
  var seed: UInt64?
  /// Whether there was a file of that name.
  var replaced = false

  init(
    _ noun: String, of model: Model, _ array: NDArray, to output: ArrayOutput,
    data: String? = nil, seed: UInt64? = nil
  ) {
    self.model = model.record.name
    count = array.shape[0]
    what = "\(NumberText.count(count)) \(noun)\(count == 1 ? "" : "s") of \(model.record.name)"
    path = output.path
    shape = array.shape.dimensions
    self.data = data
    self.seed = seed
  }

  private enum CodingKeys: String, CodingKey {
    case model, path, count, shape, data, seed, replaced
  }

  /// The report for people.
  var text: String {
    "wrote \(what) to \(path)\(replaced ? ", in place of the former file" : "")"
  }
}
