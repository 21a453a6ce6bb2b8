import Foundation

/// A regular file opened for reading from its beginning; closed when the last reference goes.
package final class InputFile: Sendable {
  /// The path as it was given, for messages.
  package let path: String
  /// Size in bytes when it was opened.
  package let size: Int
  private let descriptor: Int32

  /// Opens a file.
  ///
  /// - Throws: ``DatasetError/fileMissing(path:)`` and ``DatasetError/unreadable(path:reason:)``, the
  ///   latter also for folders, pipes and devices.
  package init(path: String) throws(DatasetError) {
    // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw errno == ENOENT
        ? .fileMissing(path: path) : .unreadable(path: path, reason: systemMessage())
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let reason = systemMessage()
      close(descriptor)
      throw .unreadable(path: path, reason: reason)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .unreadable(path: path, reason: "not a regular file")
    }
    self.path = path
    self.size = Int(status.st_size)
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Reads on until `target` is full or the file ends; returns the number of bytes read.
  func read(into target: UnsafeMutableRawBufferPointer) throws(DatasetError) -> Int {
    var filled = 0
    while filled < target.count {
      let got = systemRead(descriptor, target.baseAddress! + filled, target.count - filled)
      if got == 0 { break }
      if got > 0 {
        filled += got
      } else if errno != EINTR {
        throw .unreadable(path: path, reason: systemMessage())
      }
    }
    return filled
  }

  /// Fills `target` with the bytes from `offset` on; may be called on several threads at once.
  ///
  /// - Throws: ``DatasetError/unreadable(path:reason:)``, also where the file ends before.
  package func read(
    into target: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(DatasetError) {
    var filled = 0
    while filled < target.count {
      let got = pread(
        descriptor, target.baseAddress! + filled, target.count - filled, off_t(offset + filled))
      if got == 0 { throw .unreadable(path: path, reason: "it has become shorter") }
      if got > 0 {
        filled += got
      } else if errno != EINTR {
        throw .unreadable(path: path, reason: systemMessage())
      }
    }
  }

  /// The whole file.
  ///
  /// - Throws: ``DatasetError/tooLarge(path:bytes:limit:)`` beyond `limit` bytes.
  static func contents(
    of path: String, limit: Int = InputLimit.bytes
  ) throws(DatasetError) -> [UInt8] {
    let file = try InputFile(path: path)
    guard file.size <= limit else {
      throw .tooLarge(path: path, bytes: file.size, limit: limit)
    }
    return try [UInt8](unsafeUninitializedCapacity: file.size) {
      buffer, count throws(DatasetError) in
      count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
  }
}

/// How much we are ready to hold in memory because a file says so.
enum InputLimit {
  /// Uncompressed bytes of one file: 4 GiB.
  static let bytes = 4 << 30
  /// Examples that are kept in memory though they could be read from disk as they are wanted: 256 MiB.
  static let residentBytes = 256 << 20
  /// Uncompressed bytes of one picture: 256 MiB.
  static let pictureBytes = 256 << 20
}

/// What the system says about the call that has just failed.
func systemMessage() -> String {
  String(cString: strerror(errno))
}

/// The system's `read`, which the methods of that name hide.
private func systemRead(
  _ descriptor: Int32, _ target: UnsafeMutableRawPointer, _ count: Int
) -> Int {
  read(descriptor, target, count)
}
