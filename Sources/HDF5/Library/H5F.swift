internal import CHDF5
import Glibc

/// Files.
enum H5F {
  /// Creates a file.
  ///
  /// - Throws: `fileExists`, `folderNotFound`, `permissionDenied`, `notRegularFile`, `invalidName`,
  ///   `library`.
  static func create(
    _ path: String, exclusive: Bool, alignment: Int, threshold: Int
  ) throws(HDF5Error) -> Handle {
    let place = try checked(path)
    let kind = try fileKind(path)
    if exclusive && kind != .missing { throw .fileExists(file: path) }
    if kind == .other { throw .notRegularFile(file: path) }
    let access = try H5P.fileAccess(alignment: alignment, threshold: threshold, at: place)
    let settings = try access.id()
    do {
      let id = try Door.attempt { chdf5_create_file(path, exclusive ? 1 : 0, settings) }
      return Handle(adopting: id, .file, place)
    } catch {
      switch error.errorNumber {
      case ENOENT, ENOTDIR: throw .folderNotFound(file: path)
      case EEXIST: throw .fileExists(file: path)
      default: throw HDF5Error(failure: error, call: "H5Fcreate", place: place)
      }
    }
  }

  /// Opens a file.
  ///
  /// - Throws: `fileNotFound`, `notRegularFile`, `notHDF5`, `truncated`, `permissionDenied`,
  ///   `locked`, `invalidName`, `library`.
  static func open(_ path: String, writable: Bool) throws(HDF5Error) -> Handle {
    let place = try checked(path)
    switch try fileKind(path) {
    case .missing: throw .fileNotFound(file: path)
    case .other: throw .notRegularFile(file: path)
    case .regular: break
    }
    let access = try H5P.fileAccess(alignment: 64, threshold: 1, at: place)
    let settings = try access.id()
    do {
      let id = try Door.attempt { chdf5_open_file(path, writable ? 1 : 0, settings) }
      return Handle(adopting: id, .file, place)
    } catch {
      throw refusal(error, place)
    }
  }

  /// Hands everything written so far to the operating system.
  static func flush(_ file: Handle) throws(HDF5Error) {
    let id = try file.id()
    try Door.call("H5Fflush", file.place) { H5Fflush(id, H5F_SCOPE_LOCAL) }
  }

  /// Sets aside blocks of the disk, as far as the system can.
  static func reserve(_ bytes: Int, for file: Handle) throws(HDF5Error) {
    let id = try file.id()
    let descriptor = try Door.call("H5Fget_vfd_handle", file.place) { chdf5_descriptor(id) }
    chdf5_reserve(descriptor, Int64(bytes))
  }

  /// Has the system begin to bring to the disk what was handed to it; other calls need not wait meanwhile.
  static func beginSync(_ file: Handle) throws(HDF5Error) {
    let id = try file.id()
    let descriptor = try Door.call("H5Fget_vfd_handle", file.place) { chdf5_descriptor(id) }
    chdf5_begin_sync(descriptor)
  }

  /// Size in bytes of a file, or of the file an object lies in.
  static func size(of object: Handle) throws(HDF5Error) -> UInt64 {
    // The object itself is asked first, so that an error about a closed file names it.
    _ = try object.id()
    let id = try (object.file ?? object).id()
    var size: hsize_t = 0
    try Door.call("H5Fget_filesize", object.place) { H5Fget_filesize(id, &size) }
    return size
  }

  /// Retells the reasons for which HDF5 refuses a file.
  private static func refusal(_ failure: Failure, _ place: Place) -> HDF5Error {
    if failure.reason.contains("file signature not found") { return .notHDF5(file: place.file) }
    if failure.errorNumber == EAGAIN { return .locked(file: place.file) }
    if failure.reason.hasPrefix("truncated file"),
      let size = Failure.text(in: failure.reason, after: "eof = ", before: ","),
      let declared = Failure.text(in: failure.reason, after: "stored_eof = ", before: ","),
      let size = UInt64(size), let declared = UInt64(declared)
    {
      return .truncated(file: place.file, size: size, declared: declared)
    }
    return HDF5Error(failure: failure, call: "H5Fopen", place: place)
  }

  private enum FileKind {
    case missing, regular, other
  }

  /// Looks at a path beforehand: HDF5 would wait for ever on a pipe, and says little about a folder.
  private static func fileKind(_ path: String) throws(HDF5Error) -> FileKind {
    var status = stat()
    if stat(path, &status) == 0 { return status.st_mode & S_IFMT == S_IFREG ? .regular : .other }
    if errno == EACCES { throw .permissionDenied(file: path) }
    return .missing
  }

  private static func checked(_ path: String) throws(HDF5Error) -> Place {
    if path.isEmpty || path.utf8.contains(0) { throw .invalidName(file: path, name: path) }
    return Place(file: path, object: "/")
  }
}
