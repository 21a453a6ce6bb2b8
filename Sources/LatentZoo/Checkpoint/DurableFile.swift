import Foundation

/// Replaces a file as a whole: a reader, or whoever comes after a crash, sees the old file or the new one.
enum DurableFile {
  /// Lets `write` fill a temporary sibling, then syncs, checks and renames it.
  ///
  /// - Parameters:
  ///   - path: the file to replace or create.
  ///   - write: makes the file at the path it is given.
  ///   - verify: reads it back before it takes the old one's place.
  /// - Throws: what `write` and `verify` throw, or ``CheckpointError/unwritable(file:reason:)``; the
  ///   old file is then as it was and the temporary one is gone.
  static func replace(
    _ path: String, write: (String) throws -> Void, verify: (String) throws -> Void
  ) throws {
    let suffix = String(UInt64.random(in: .min ... .max), radix: 36)
    let folder = (path as NSString).deletingLastPathComponent
    let name = (path as NSString).lastPathComponent
    let temporary = ((folder as NSString).appendingPathComponent(".\(name).\(suffix).tmp"))
    try refuseLink(at: path)
    do {
      try write(temporary)
      try sync(temporary, as: path)
      try verify(temporary)
      guard rename(temporary, path) == 0 else { throw failure(path) }
    } catch {
      unlink(temporary)
      throw error
    }
    try sync(folder.isEmpty ? "." : folder, as: path)
  }

  /// Checks, before hours of work, that a file of some size may be written and will find room.
  ///
  /// - Throws: ``CheckpointError/unwritable(file:reason:)``.
  static func checkRoom(for bytes: Int, at path: String) throws {
    let parent = (path as NSString).deletingLastPathComponent
    let folder = parent.isEmpty ? "." : parent
    var system = statvfs()
    guard access(folder, W_OK) == 0, statvfs(folder, &system) == 0 else { throw failure(path) }
    let free = Int(clamping: UInt64(system.f_bavail) &* UInt64(system.f_frsize))
    guard free >= bytes else {
      throw CheckpointError.unwritable(
        file: path, reason: "it needs \(bytes >> 10) KiB and \(free >> 10) KiB are free")
    }
  }

  /// Refuses a symbolic link: what it leads to may lie anywhere, and replacing the link itself would surprise.
  ///
  /// - Throws: ``CheckpointError/unwritable(file:reason:)``.
  static func refuseLink(at path: String) throws(CheckpointError) {
    var target = [CChar](repeating: 0, count: 4096)
    let count = readlink(path, &target, target.count - 1)
    guard count >= 0 else { return }
    let words = String(decoding: target.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    throw .unwritable(
      file: path, reason: "it is a symbolic link to \(words), and links are not written through")
  }

  /// Removes what killed writers left behind: temporary files of this name.
  ///
  /// To be called by the holder of the ``ZooLock``, so that nobody is writing them.
  static func removeStale(beside path: String) {
    let folder = (path as NSString).deletingLastPathComponent
    let prefix = ".\((path as NSString).lastPathComponent)."
    let manager = FileManager.default
    guard let names = try? manager.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder) else {
      return
    }
    for name in names where name.hasPrefix(prefix) && name.hasSuffix(".tmp") {
      let file = (folder as NSString).appendingPathComponent(name)
      unlink(file)
    }
  }

  private static func sync(_ path: String, as target: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(target) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(target) }
  }

  private static func failure(_ path: String) -> CheckpointError {
    .unwritable(file: path, reason: String(cString: strerror(errno)))
  }
}
