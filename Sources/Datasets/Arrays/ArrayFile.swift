import Tensors

/// Reads and writes files of numbers; the ending of the name says which format is meant.
public enum ArrayFile {
  /// One format of file.
  struct Format: Sendable {
    /// The ending of the file name, without the dot.
    let ending: String
    let read: @Sendable (_ path: String) throws(DatasetError) -> NDArray
    let encode: @Sendable (_ array: NDArray) -> [UInt8]
  }

  /// The formats, in the order in which messages list them: a new one is a line here and a
  /// file beside `NPYFile`.
  static let formats: [Format] = [
    Format(ending: "npy", read: NPYFile.read, encode: NPYFile.encode),
    Format(ending: "csv", read: CSVFile.read, encode: CSVFile.encode),
  ]

  /// Endings of the file names that can be read and written, without the dot.
  public static var knownExtensions: [String] { formats.map(\.ending) }

  /// Reads a file of numbers.
  ///
  /// - `.npy`: little-endian `f4`, `f8`, `i8` or `u1` in C order, any shape, made float32.
  /// - `.csv`: `[rows, columns]`, with or without a header.
  ///
  /// - Throws: ``DatasetError/unknownExtension(path:known:)``; otherwise ``DatasetError``, naming the
  ///   file and, for text, the line.
  public static func read(_ path: String) throws(DatasetError) -> NDArray {
    try format(of: path).read(path)
  }

  /// Writes a file of numbers; whoever opens `path` meanwhile sees the old file or the new one.
  ///
  /// - `.npy`: version 1.0, little-endian `f4`, any shape.
  /// - `.csv`: the first axis becomes lines, all others columns, with as many digits as it takes to
  ///   read the same number back.
  ///
  /// - Throws: ``DatasetError/unknownExtension(path:known:)`` and
  ///   ``DatasetError/unwritable(path:reason:)``.
  public static func write(_ array: NDArray, to path: String) throws(DatasetError) {
    try OutputFile.write(format(of: path).encode(array), to: path)
  }

  private static func format(of path: String) throws(DatasetError) -> Format {
    let name = path.lowercased()
    guard let format = formats.first(where: { name.hasSuffix("." + $0.ending) }) else {
      throw .unknownExtension(path: path, known: knownExtensions)
    }
    return format
  }
}
