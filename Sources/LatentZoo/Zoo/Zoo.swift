import Foundation

/// The folders in which models are looked up by name, first folder first.
public struct Zoo: Sendable {
  /// Where to look, in order; folders need not exist.
  public let folders: [String]
  /// Where new models go.
  public let home: String

  /// The usual places: a given folder, `$LATENTZOO_PATH` (separated by colons), `./checkpoints`, the
  /// user's data folder.
  ///
  /// New models go to the given folder, else to the first of `$LATENTZOO_PATH`, else to
  /// `./checkpoints` where it exists, else to the user's data folder.
  public init(
    folder: String? = nil,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    let listed = (environment["LATENTZOO_PATH"] ?? "").split(separator: ":").map(String.init)
    let personal = Self.dataFolder(environment)
    let local = "checkpoints"
    if let folder {
      folders = [folder] + listed + [local, personal]
      home = folder
    } else {
      folders = listed + [local, personal]
      home = listed.first ?? (Self.isFolder(local) ? local : personal)
    }
  }

  /// The user's data folder: `latentzoo` in `$XDG_DATA_HOME`, or in `~/.local/share`.
  static func dataFolder(_ environment: [String: String]) -> String {
    let data =
      environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 }
      ?? (environment["HOME"] ?? ".") + "/.local/share"
    return data + "/latentzoo"
  }

  /// The file of a model: a path when it has a slash or ends in `.h5`, otherwise looked up by name.
  ///
  /// - Throws: ``ZooError``.
  public func path(of name: String) throws -> String {
    if name.contains("/") || name.hasSuffix(".h5") {
      guard FileManager.default.fileExists(atPath: name) else {
        throw ZooError.noSuchFile(path: name)
      }
      return name
    }
    let checked = try ModelName(name)
    for folder in folders {
      let path = "\(folder)/\(checked).h5"
      if FileManager.default.fileExists(atPath: path) { return path }
    }
    throw ZooError.notFound(
      name: name, folders: folders.filter(Self.isFolder), known: try entries().map(\.name))
  }

  /// Where a new model of this name goes; makes the folder.
  ///
  /// A symbolic link in the place of the file is refused, wherever it leads; reading follows links.
  ///
  /// - Throws: ``ZooError``, ``CheckpointError/unwritable(file:reason:)``.
  public func newPath(for name: ModelName, replacing: Bool) throws -> String {
    do {
      try FileManager.default.createDirectory(
        atPath: home, withIntermediateDirectories: true)
    } catch {
      throw ZooError.folderUnusable(path: home, reason: "it cannot be made")
    }
    guard access(home, W_OK) == 0 else {
      throw ZooError.folderUnusable(
        path: home, reason: String(cString: strerror(errno)).lowercased())
    }
    let path = "\(home)/\(name).h5"
    if !replacing, FileManager.default.fileExists(atPath: path) {
      throw ZooError.exists(name: name.text, path: path)
    }
    try DurableFile.refuseLink(at: path)
    return path
  }

  /// A model's file in the zoo.
  public struct Entry: Hashable, Sendable {
    /// The name to open it by.
    public let name: String
    /// Its file.
    public let path: String
  }

  /// Every model's file, by name; a name in an earlier folder hides the same name in a later one.
  ///
  /// - Throws: ``ZooError/folderUnusable(path:reason:)``.
  public func entries() throws(ZooError) -> [Entry] {
    var found: [String: Entry] = [:]
    for folder in folders where Self.isFolder(folder) {
      let names: [String]
      do {
        names = try FileManager.default.contentsOfDirectory(atPath: folder)
      } catch {
        throw .folderUnusable(path: folder, reason: "it cannot be read")
      }
      for file in names where file.hasSuffix(".h5") && !file.hasPrefix(".") {
        let name = String(file.dropLast(3))
        if found[name] == nil { found[name] = Entry(name: name, path: "\(folder)/\(file)") }
      }
    }
    return found.values.sorted { $0.name < $1.name }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
