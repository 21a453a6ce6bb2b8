import Foundation

/// Files and folders of plugins, which nobody but the user and the administrator may be able to change.
enum PluginFile {
  /// The bytes of a file.
  ///
  /// - Throws: ``PluginError/missing(path:)``, ``PluginError/malformedManifest(path:reason:)`` where it is too large.
  static func contents(of path: String, atMost limit: Int) throws(PluginError) -> Data {
    var status = stat()
    guard stat(path, &status) == 0, let file = FileHandle(forReadingAtPath: path) else {
      throw .missing(path: path)
    }
    guard status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit else {
      throw .malformedManifest(path: path, reason: "it is no file of up to \(limit >> 10) KiB")
    }
    do {
      return try file.read(upToCount: limit) ?? Data()
    } catch {
      throw .missing(path: path)
    }
  }

  /// Length and SHA-256 of what an open file holds.
  ///
  /// - Returns: `nil` where it cannot be read.
  static func digest(of file: FileHandle) -> (byteCount: Int, sha256: String)? {
    var hash = SHA256()
    var count = 0
    do {
      try file.seek(toOffset: 0)
      while let block = try file.read(upToCount: 1 << 20), !block.isEmpty {
        block.withUnsafeBytes { hash.update($0) }
        count += block.count
      }
    } catch {
      return nil
    }
    return (count, Checksums.hex(hash.finish()))
  }

  /// Refuses a file or folder that somebody else owns or may write to, and symbolic links.
  ///
  /// - Throws: ``PluginError/unsafe(path:reason:mend:)``, ``PluginError/missing(path:)``.
  static func checkOwned(_ path: String) throws(PluginError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw .missing(path: path) }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFREG || kind == S_IFDIR else {
      throw .unsafe(
        path: path, reason: "is a link or no file at all", mend: "put the file itself there")
    }
    guard status.st_uid == geteuid() || status.st_uid == 0 else {
      throw .unsafe(
        path: path, reason: "belongs to somebody else",
        mend: "install a copy of your own with latentzoo plugin install")
    }
    guard status.st_mode & (S_IWGRP | S_IWOTH) == 0 else {
      throw .unsafe(
        path: path, reason: "can be changed by others", mend: "run chmod go-w '\(path)'")
    }
  }

  /// Refuses a folder in which others could put another one in its place, because they may write to a folder above.
  ///
  /// - Throws: ``PluginError/unsafe(path:reason:mend:)``.
  static func checkAncestors(of folder: String) throws(PluginError) {
    var url = URL(fileURLWithPath: folder).resolvingSymlinksInPath()
    while url.path != "/" {
      url.deleteLastPathComponent()
      var status = stat()
      guard stat(url.path, &status) == 0 else { return }
      // Where the sticky bit is set, as in /tmp, only its owner can replace a folder.
      guard status.st_mode & S_IWOTH == 0 || status.st_mode & S_ISVTX != 0 else {
        throw .unsafe(
          path: url.path, reason: "can be changed by anybody, and with it the plugins below",
          mend: "run chmod o-w '\(url.path)'")
      }
    }
  }
}
