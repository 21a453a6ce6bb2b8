import Foundation

/// Writes whole files: who opens the path sees the old file or the new one, never a part.
package enum OutputFile {
  /// Writes `bytes` to a temporary sibling, syncs it and renames it to `path`.
  ///
  /// - Throws: ``DatasetError/unwritable(path:reason:)``; the temporary file is removed then.
  package static func write(_ bytes: [UInt8], to path: String) throws(DatasetError) {
    try write([.bytes(bytes)], to: path)
  }

  /// Writes pieces one after another, as ``write(_:to:)-([UInt8],_)`` does.
  ///
  /// - Throws: ``DatasetError/unwritable(path:reason:)``; the temporary file is removed then.
  package static func write(_ chunks: [OutputChunk], to path: String) throws(DatasetError) {
    try replace(path) { temporary throws(DatasetError) in
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { throw .unwritable(path: path, reason: systemMessage()) }
      let written = chunks.allSatisfy { chunk in
        chunk.withUnsafeBytes { writeAll($0, to: descriptor) }
      }
      let reason = systemMessage()
      let closed = close(descriptor) == 0
      guard written, closed else {
        throw .unwritable(path: path, reason: written ? systemMessage() : reason)
      }
    }
  }

  /// Lets `fill` make a temporary sibling, syncs it and renames it to `path`.
  ///
  /// - Parameter fill: makes the file at the path it is given.
  /// - Throws: what `fill` throws, or ``DatasetError/unwritable(path:reason:)``; the temporary file is
  ///   removed then.
  package static func replace(
    _ path: String, fill: (_ temporary: String) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    let temporary = path + ".\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp"
    do throws(DatasetError) {
      try fill(temporary)
      try sync(temporary, as: path)
      guard rename(temporary, path) == 0 else {
        throw .unwritable(path: path, reason: systemMessage())
      }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  private static func sync(_ temporary: String, as path: String) throws(DatasetError) {
    let descriptor = open(temporary, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unwritable(path: path, reason: systemMessage()) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .unwritable(path: path, reason: systemMessage()) }
  }

  private static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = systemWrite(descriptor, bytes.baseAddress! + done, bytes.count - done)
      if count >= 0 {
        done += count
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }
}

/// The system's `write`, which the method of that name hides.
private func systemWrite(_ descriptor: Int32, _ source: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, source, count)
}
