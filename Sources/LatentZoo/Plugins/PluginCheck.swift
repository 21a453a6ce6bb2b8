import Foundation

/// Everything that is checked of a plugin before a byte of its library is loaded.
struct PluginCheck {
  /// The program's own stamp.
  let tool: PluginStamp

  /// Checks a plugin that was installed.
  ///
  /// - Returns: its manifest, how it was installed, and its library, open.
  /// - Throws: ``PluginError``.
  func installed(
    _ name: String, in folder: PluginFolder
  ) throws(PluginError) -> CheckedPlugin {
    let place = folder.path(of: name)
    try PluginFile.checkOwned(folder.path)
    try PluginFile.checkAncestors(of: folder.path)
    guard let entry = try folder.entries()[name] else {
      throw .notInstalled(plugin: name, folder: place)
    }
    guard access("\(place)/\(Self.crashMark)", F_OK) != 0 else { throw .crashed(plugin: name) }
    let manifestPath = "\(place)/\(PluginManifest.fileName)"
    for path in [place, manifestPath] { try PluginFile.checkOwned(path) }
    let manifest = try PluginManifest(in: place)
    guard manifest.name == name else { throw .renamed(folder: place, plugin: manifest.name) }
    guard try Self.digest(ofManifestAt: manifestPath) == entry.manifest else {
      throw .manifestChanged(plugin: name, path: manifestPath)
    }
    let library = try self.library(of: manifest, in: place)
    return CheckedPlugin(
      manifest: manifest, folder: place, library: library, replaces: Set(entry.replaces))
  }

  /// Checks a library against its manifest, and that against this program.
  ///
  /// - Returns: the library, open.
  /// - Throws: ``PluginError``.
  func library(
    of manifest: PluginManifest, in place: String
  ) throws(PluginError) -> FileHandle {
    try manifest.stamp.check(matches: tool, plugin: manifest.name)
    let path = "\(place)/\(manifest.library.file)"
    try PluginFile.checkOwned(path)
    guard let file = FileHandle(forReadingAtPath: path),
      let found = PluginFile.digest(of: file)
    else { throw .missing(path: path) }
    guard found.byteCount == manifest.library.byteCount else {
      throw .libraryChanged(
        plugin: manifest.name, path: path,
        reason: "\(found.byteCount) bytes, not \(manifest.library.byteCount)")
    }
    guard found.sha256 == manifest.library.sha256 else {
      throw .libraryChanged(plugin: manifest.name, path: path, reason: "another SHA-256")
    }
    return file
  }

  /// File that stands for a crash while loading.
  static let crashMark = "crashed"

  /// SHA-256 of a manifest, in hexadecimal digits.
  static func digest(ofManifestAt path: String) throws(PluginError) -> String {
    guard let file = FileHandle(forReadingAtPath: path),
      let digest = PluginFile.digest(of: file)
    else { throw .missing(path: path) }
    return digest.sha256
  }
}

/// A plugin that may be loaded.
struct CheckedPlugin {
  let manifest: PluginManifest
  /// Its own folder.
  let folder: String
  /// Open, so that what is loaded is what was checked.
  let library: FileHandle
  /// Identifiers whose place it may take.
  let replaces: Set<String>

  /// The library as the system's loader finds it.
  var libraryPath: String {
    let checked = "/proc/self/fd/\(library.fileDescriptor)"
    return access(checked, R_OK) == 0 ? checked : "\(folder)/\(manifest.library.file)"
  }
}
