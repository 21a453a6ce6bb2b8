import ArgumentParser
import LatentZoo

/// Where numbers or pictures go.
struct ArrayOutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "File to write, ending in .png (images), .txt (sentences), .npy, .h5 or .csv; - for CSV or sentences on standard output.",
      valueName: "file"))
  var out: String?

  /// Checks what the options say together.
  ///
  /// - Throws: `ValidationError`.
  func validate(with output: OutputOptions) throws { try Self.validate(out, with: output) }

  /// Checks a file to write together with the options of the report.
  ///
  /// - Throws: `ValidationError`.
  static func validate(_ out: String?, with output: OutputOptions) throws {
    if out == "" { throw ValidationError("--out needs the name of a file") }
    if out == "-", output.json {
      throw ValidationError("--out - and --json both need standard output: write to a file")
    }
  }
}

extension Model {
  /// The ending of a file of examples where the user names none.
  var usualEnding: String {
    vocabulary != nil ? "txt" : DataFile.isDrawable(dataShape) ? "png" : "npy"
  }
}

extension ImageGrid {
  /// Images that a picture shows at most.
  static let mostImages = 10_000

  /// As images are shown on a terminal: small, eight in a row.
  static let terminal = ImageGrid(columns: 8, padding: 1, scale: 1)
}
