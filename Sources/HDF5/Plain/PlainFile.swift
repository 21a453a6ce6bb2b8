/// An HDF5 file that nobody has to trust, opened for reading without libhdf5.
///
/// Reads the plain dialect this library writes: groups of the old style, hard links, data in one piece, text in the
/// heap. All else is refused with the object and the reason. No byte of the file can crash the reader, make it loop, or
/// make it take more memory than the file has bytes; see `PlainLimits`.
///
/// May be used from several threads.
public struct PlainFile: Sendable {
  let core: PlainCore
  let checks: ContentChecks?

  /// Path of the file, as given.
  public var path: String { core.file.path }
  /// Size of the file in bytes, as it was when it was opened.
  public var size: UInt64 { core.file.size }

  /// Opens a file.
  ///
  /// - Throws: `fileNotFound`, `notRegularFile`, `permissionDenied`, `notHDF5`, `truncated`, `unsupported`, `damaged`,
  ///   `invalidName`, `library`.
  public static func open(at path: String) throws(HDF5Error) -> PlainFile {
    PlainFile(core: try PlainCore(path: path), checks: nil)
  }

  /// The same file, whose datasets are read only where they have the digests they should.
  public func checked(against checks: ContentChecks) -> PlainFile {
    PlainFile(core: core, checks: checks)
  }

  /// The group everything else lies in.
  public var root: PlainGroup {
    PlainGroup(file: self, address: core.root, place: Place(file: path, object: "/"))
  }

  /// All datasets by path, `networks/encoder/weight`, ascending by its bytes; checks the structure of the whole file on
  /// the way.
  ///
  /// - Throws: `indirectLink` for any soft link, `damaged` where two things share bytes, and what opening any group or
  ///   dataset throws.
  public func datasets() throws(HDF5Error) -> [(path: String, dataset: PlainDataset)] {
    var found: [(path: String, dataset: PlainDataset)] = []
    try root.collectDatasets(below: "", depth: 0, into: &found)
    try core.withMetadata { (reader) throws(HDF5Error) in try reader.checkOverlaps() }
    return found.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }
}
