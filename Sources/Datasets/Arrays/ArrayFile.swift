import Tensors

/// Reads and writes files of numbers; the ending of the name says which format is meant.
public enum ArrayFile {
  /// One format of file.
  struct Format: Sendable {
    /// The ending of the file name, without the dot.
    let ending: String
    let read: @Sendable (_ path: String) throws(DatasetError) -> NDArray
    let write: @Sendable (NDArray, _ labels: [Int]?, _ path: String) throws(DatasetError) -> Void
  }

  /// The formats, in the order in which messages list them: a new one is a line here and a
  /// file beside `NPYFile`.
  static let formats: [Format] = [
    Format(
      ending: "npy", read: NPYFile.read,
      write: { array, _, path throws(DatasetError) in
        try OutputFile.write(NPYFile.encode(array), to: path)
      }),
    Format(
      ending: "h5", read: HDF5Array.read,
      write: { array, labels, path throws(DatasetError) in
        try HDF5Array.write(array, labels: labels, to: path)
      }),
    Format(
      ending: "csv", read: CSVFile.read,
      write: { array, _, path throws(DatasetError) in
        try OutputFile.write(CSVFile.encode(array), to: path)
      }),
  ]

  /// Endings of the file names that can be read and written, without the dot.
  public static var knownExtensions: [String] { formats.map(\.ending) }

  /// Whether the ending of a name says which format is meant; `FILE.h5#/dataset` does.
  public static func knows(_ path: String) -> Bool { format(of: path) != nil }

  /// The file that a text names: all of it, but for what stands behind `#` in `FILE.h5#/dataset`.
  public static func file(of path: String) -> String { HDF5ArrayPath(path).file }

  /// Reads a file of numbers.
  ///
  /// - `.npy`: little-endian `f4`, `f8`, `i8` or `u1` in C order, any shape, made float32.
  /// - `.h5`: numbers of any shape, made float32: the array at the path behind `#`, otherwise `/data`,
  ///   otherwise the only one there is.
  /// - `.csv`: `[rows, columns]`, with or without a header.
  ///
  /// - Throws: ``DatasetError/unknownExtension(path:known:)``; otherwise ``DatasetError``, naming the
  ///   file and, for text, the line.
  public static func read(_ path: String) throws(DatasetError) -> NDArray {
    try checkedFormat(of: path).read(path)
  }

  /// Reads a file of numbers that are examples or codes, one after another along the first axis.
  ///
  /// - Throws: ``DatasetError/noExamples(path:)`` for an empty array,
  ///   ``DatasetError/notFinite(path:example:)`` for NaN and infinity, and what ``read(_:)`` throws.
  public static func readRows(_ path: String) throws(DatasetError) -> NDArray {
    let array = try read(path)
    guard array.shape.rank > 0, array.shape.count > 0 else { throw .noExamples(path: path) }
    if let position = array.scalars.withUnsafeBufferPointer({ firstNonFinite(in: $0) }) {
      throw .notFinite(path: path, example: position / (array.shape.count / array.shape[0]))
    }
    return array
  }

  /// Writes a file of numbers; whoever opens `path` meanwhile sees the old file or the new one.
  ///
  /// - `.npy`: version 1.0, little-endian `f4`, any shape.
  /// - `.h5`: float32 at the path behind `#`, otherwise at `/data`; labels as int64 at `/labels`.
  /// - `.csv`: the first axis becomes lines, all others columns, with as many digits as it takes to
  ///   read the same number back.
  ///
  /// - Parameters:
  ///   - array: the numbers, a row for each example.
  ///   - labels: the class of each row; `.npy` and `.csv` have no place for them.
  ///   - path: the file; its ending tells the format.
  /// - Throws: ``DatasetError/unknownExtension(path:known:)``,
  ///   ``DatasetError/labelRows(rows:labels:)``, ``DatasetError/unwritable(path:reason:)`` and
  ///   ``DatasetError/hdf5(path:reason:)``.
  public static func write(
    _ array: NDArray, labels: [Int]? = nil, to path: String
  ) throws(DatasetError) {
    let rows = array.shape.dimensions.first ?? 1
    if let labels, labels.count != rows { throw .labelRows(rows: rows, labels: labels.count) }
    try checkedFormat(of: path).write(array, labels, path)
  }

  /// Writes a `.csv` file with a header; whoever opens `path` meanwhile sees the old file or the new one.
  ///
  /// - Parameters:
  ///   - array: a row for each line.
  ///   - header: names of the columns; empty for no header.
  ///   - path: the file.
  /// - Throws: ``DatasetError/unwritable(path:reason:)``.
  public static func writeTable(
    _ array: NDArray, header: [String], to path: String
  ) throws(DatasetError) {
    try OutputFile.write(CSVFile.encode(array, header: header), to: path)
  }

  /// Numbers as text, the way they are written to a `.csv` file.
  ///
  /// - Parameters:
  ///   - array: the numbers; the first axis becomes lines, all others columns.
  ///   - header: names of the columns; empty for no header.
  public static func csvText(of array: NDArray, header: [String] = []) -> String {
    String(decoding: CSVFile.encode(array, header: header), as: UTF8.self)
  }

  /// Whether a name ends as that of a text file of numbers does.
  public static func isTable(_ path: String) -> Bool { path.lowercased().hasSuffix(".csv") }

  private static func checkedFormat(of path: String) throws(DatasetError) -> Format {
    guard let format = format(of: path) else {
      throw .unknownExtension(path: path, known: knownExtensions)
    }
    return format
  }

  private static func format(of path: String) -> Format? {
    let name = HDF5ArrayPath(path).file.lowercased()
    return formats.first { name.hasSuffix("." + $0.ending) }
  }
}
