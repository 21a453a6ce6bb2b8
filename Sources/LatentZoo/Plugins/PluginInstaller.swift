import Foundation

/// Puts plugins into a folder, and takes them out again.
public struct PluginInstaller {
  /// The folder.
  public let folder: PluginFolder

  /// Installs into a folder, which is made where it does not exist.
  public init(into folder: PluginFolder) { self.folder = folder }

  /// Copies a built plugin into the folder and records that the user wanted it.
  ///
  /// The copy is checked and tried before it takes the place of one of the same name; where anything fails, the folder stays
  /// as it was.
  ///
  /// - Parameters:
  ///   - source: folder with the manifest and the library.
  ///   - replaced: identifiers of other architectures whose place its own may take.
  ///   - isForced: whether a plugin of the same name is replaced.
  ///   - attempt: loads the copy in a process of its own, and throws where that fails.
  /// - Throws: ``PluginError``, or what `attempt` throws.
  public func install(
    from source: String, replacing replaced: [String] = [], isForced: Bool = false,
    trying attempt: (_ folder: String) throws -> Void
  ) throws -> PluginManifest {
    let manifest = try PluginManifest(in: source)
    let place = folder.path(of: manifest.name)
    if !isForced, try folder.entries()[manifest.name] != nil {
      throw PluginError.exists(plugin: manifest.name, folder: place)
    }
    try makeFolder()
    let lock = try ZooLock(for: "\(folder.path)/plugins")
    defer { lock.release() }
    let copy = "\(folder.path)/.\(manifest.name).\(UInt64.random(in: .min ... .max)).new"
    defer { remove(copy) }
    try copyFiles(of: manifest, from: source, to: copy)
    let check = PluginCheck(tool: try PluginStamp(of: .ofThisProgram()))
    _ = try check.library(of: manifest, in: copy)
    try attempt(copy)
    let digest = try PluginCheck.digest(ofManifestAt: "\(copy)/\(PluginManifest.fileName)")
    try exchange(copy, place)
    var entries = try folder.entries()
    entries[manifest.name] = PluginFolder.Entry(
      manifest: digest, installedAt: Date().formatted(.iso8601), replaces: replaced.sorted())
    try folder.write(entries)
    return manifest
  }

  /// Takes a plugin out of the folder, installed or not.
  ///
  /// - Throws: ``PluginError/unknown(plugin:known:)``, ``PluginError/unwritable(path:reason:)``.
  public func remove(plugin name: String) throws {
    let known = folder.names()
    guard PluginName.isGood(name), known.contains(name) else {
      throw PluginError.unknown(plugin: name, known: known)
    }
    let lock = try ZooLock(for: "\(folder.path)/plugins")
    defer { lock.release() }
    var entries = try folder.entries()
    if entries.removeValue(forKey: name) != nil { try folder.write(entries) }
    let place = folder.path(of: name)
    do {
      try FileManager.default.removeItem(atPath: place)
    } catch {
      throw PluginError.unwritable(path: place, reason: "it cannot be removed")
    }
  }

  private func makeFolder() throws(PluginError) {
    do {
      try FileManager.default.createDirectory(
        atPath: folder.path, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o755])
    } catch {
      throw .unwritable(path: folder.path, reason: "it cannot be made")
    }
    guard access(folder.path, W_OK) == 0 else {
      throw .unwritable(path: folder.path, reason: String(cString: strerror(errno)))
    }
    try PluginFile.checkOwned(folder.path)
    try PluginFile.checkAncestors(of: folder.path)
  }

  private func copyFiles(
    of manifest: PluginManifest, from source: String, to copy: String
  ) throws(PluginError) {
    let manager = FileManager.default
    do {
      try manager.createDirectory(
        atPath: copy, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
      for (file, mode) in [(PluginManifest.fileName, 0o644), (manifest.library.file, 0o755)] {
        guard manager.fileExists(atPath: "\(source)/\(file)") else {
          throw PluginError.missing(path: "\(source)/\(file)")
        }
        try manager.copyItem(atPath: "\(source)/\(file)", toPath: "\(copy)/\(file)")
        try manager.setAttributes([.posixPermissions: mode], ofItemAtPath: "\(copy)/\(file)")
      }
    } catch let error as PluginError {
      throw error
    } catch {
      throw .unwritable(path: folder.path, reason: "the plugin cannot be copied there")
    }
  }

  /// Puts a folder in the place of another one.
  private func exchange(_ copy: String, _ place: String) throws(PluginError) {
    let old = "\(copy).old"
    let hadOne = rename(place, old) == 0
    guard rename(copy, place) == 0 else {
      let reason = String(cString: strerror(errno))
      if hadOne { rename(old, place) }
      throw .unwritable(path: place, reason: reason)
    }
    remove(old)
  }

  private func remove(_ path: String) {
    guard FileManager.default.fileExists(atPath: path) else { return }
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      // A hidden folder stays behind, which nothing loads.
    }
  }
}
