import Glibc

/// A regular file opened for reading, at any place and by any thread.
///
/// Nothing is mapped into memory: a file that another process cuts short gives an error and no signal.
final class FileBytes: Sendable {
  /// Path of the file, as given.
  let path: String
  /// Bytes it had when it was opened.
  let size: UInt64
  private let descriptor: Int32

  /// Opens a file.
  ///
  /// - Throws: `fileNotFound`, `notRegularFile`, `permissionDenied`, `invalidName`, `library`.
  init(path: String) throws(HDF5Error) {
    if path.isEmpty || path.utf8.contains(0) { throw .invalidName(file: path, name: path) }
    // Without waiting: opening a pipe would last until somebody writes to it.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw Self.refusal(path, call: "open") }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let error = Self.refusal(path, call: "fstat")
      close(descriptor)
      throw error
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .notRegularFile(file: path)
    }
    self.path = path
    self.descriptor = descriptor
    size = UInt64(max(status.st_size, 0))
  }

  deinit { close(descriptor) }

  /// Fills memory with the bytes from `offset` on.
  ///
  /// - Throws: `truncated` where the file ends before, `library`.
  func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64
  ) throws(HDF5Error) {
    guard let base = buffer.baseAddress else { return }
    var done = 0
    while done < buffer.count {
      guard let place = Int(exactly: offset).map({ $0.addingReportingOverflow(done) }),
        !place.overflow
      else { throw truncated(needing: offset) }
      let count = pread(descriptor, base + done, buffer.count - done, place.partialValue)
      if count < 0 {
        if errno == EINTR { continue }
        throw Self.refusal(path, call: "pread")
      }
      guard count > 0 else { throw truncated(needing: offset &+ UInt64(buffer.count)) }
      done += count
    }
  }

  private func truncated(needing declared: UInt64) -> HDF5Error {
    .truncated(file: path, size: size, declared: declared)
  }

  /// Retells the reason of the system call that failed last.
  private static func refusal(_ path: String, call: String) -> HDF5Error {
    switch errno {
    case ENOENT, ENOTDIR: .fileNotFound(file: path)
    case EACCES, EPERM: .permissionDenied(file: path)
    case ENXIO, EISDIR: .notRegularFile(file: path)
    default:
      .library(call: call, file: path, object: "/", reason: String(cString: strerror(errno)))
    }
  }
}
