import Foundation

/// Writes whole files: who opens the path sees the old file or the new one, never a part.
package enum OutputFile {
  /// Writes `bytes` to a temporary sibling, syncs it and renames it to `path`.
  ///
  /// - Throws: ``DatasetError/unwritable(path:reason:)``; the temporary file is removed then.
  package static func write(_ bytes: [UInt8], to path: String) throws(DatasetError) {
    let temporary = path + ".\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .unwritable(path: path, reason: systemMessage()) }
    var written = writeAll(bytes, to: descriptor) && fsync(descriptor) == 0
    var reason = written ? "" : systemMessage()
    if close(descriptor) != 0 && written {
      (written, reason) = (false, systemMessage())
    }
    if written && rename(temporary, path) != 0 {
      (written, reason) = (false, systemMessage())
    }
    guard written else {
      unlink(temporary)
      throw .unwritable(path: path, reason: reason)
    }
  }

  private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { bytes in
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
}

/// The system's `write`, which the method of that name hides.
private func systemWrite(_ descriptor: Int32, _ source: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, source, count)
}
