/// An HDF5 file.
///
/// The file stays open as long as this object or any group or dataset taken from it lives, or until
/// `close()`. Whoever writes must call `close()`: only it can say that the last bytes did not fit, and a
/// file still open when the program exits is left incomplete.
///
/// Files, groups and datasets may be used from several threads; calls take turns.
public final class File: Sendable {
  /// What creating does where a file exists.
  public enum Existing: Hashable, Sendable {
    /// Refuse.
    case fail
    /// Empty the file and start anew.
    case replace
  }

  /// Path of the file, as given.
  public let path: String
  /// The group everything else lies in.
  public let root: Group
  private let handle: Handle

  private init(adopting handle: Handle) throws(HDF5Error) {
    self.handle = handle
    path = handle.place.file
    root = Group(ObjectReference(handle: try H5G.open("/", in: handle, at: handle.place)))
  }

  /// Creates a file with old-style groups, which every HDF5 reader knows.
  ///
  /// - Parameters:
  ///   - path: Path of the file; its folder must exist.
  ///   - existing: What to do where a file exists.
  ///   - alignment: Objects start at multiples of this many bytes; 1 packs them.
  ///   - threshold: Objects of fewer bytes than this are not aligned.
  /// - Returns: The file, open for writing.
  /// - Throws: `fileExists`, `folderNotFound`, `permissionDenied`, `notRegularFile`, `invalidName`,
  ///   `library`.
  public static func create(
    at path: String, existing: Existing = .fail, alignment: Int = 64, threshold: Int = 1
  ) throws(HDF5Error) -> File {
    try File(
      adopting: H5F.create(
        path, exclusive: existing == .fail, alignment: alignment, threshold: threshold))
  }

  /// Opens a file; what is added to it starts at multiples of 64 bytes.
  ///
  /// - Parameters:
  ///   - path: Path of the file.
  ///   - writable: Whether to change it; a file open for writing cannot be opened elsewhere.
  /// - Returns: The file.
  /// - Throws: `fileNotFound`, `notRegularFile`, `notHDF5`, `truncated`, `permissionDenied`, `locked`,
  ///   `invalidName`, `library`.
  public static func open(at path: String, writable: Bool = false) throws(HDF5Error) -> File {
    try File(adopting: H5F.open(path, writable: writable))
  }

  /// Size of the file in bytes.
  ///
  /// - Throws: `closed`, `library`.
  public func size() throws(HDF5Error) -> UInt64 {
    try H5F.size(of: handle)
  }

  /// Hands everything written so far to the operating system.
  ///
  /// - Throws: `closed`, `diskFull`, `library`.
  public func flush() throws(HDF5Error) {
    try H5F.flush(handle)
  }

  /// Sets aside room on the disk for a file that will have at least so many bytes, which makes writing them faster.
  ///
  /// A hint: the size of the file does not change, and where there is no such room nothing happens; writing tells.
  ///
  /// - Throws: `closed`, `library`.
  public func reserve(_ bytes: Int) throws(HDF5Error) {
    if bytes > 0 { try H5F.reserve(bytes, for: handle) }
  }

  /// Has the disk begin to write what the operating system was handed so far, and does not wait for it.
  ///
  /// Whoever writes much and syncs the file in the end saves time by calling it now and then; nothing is certain to be
  /// on the disk before that sync, which also tells of errors.
  ///
  /// - Throws: `closed`, `library`.
  public func beginSync() throws(HDF5Error) {
    try H5F.beginSync(handle)
  }

  /// Closes the file and everything in it; a second call does nothing.
  ///
  /// - Throws: `diskFull`, `library`; the file counts as closed even so.
  public func close() throws(HDF5Error) {
    guard handle.isOpen else { return }
    let flushed = Result { () throws(HDF5Error) in try flush() }
    let closed = Result { () throws(HDF5Error) in try handle.close() }
    try flushed.get()
    try closed.get()
  }
}
