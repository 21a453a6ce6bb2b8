import Foundation

/// The pictures of one part of a folder, and the folders they lie in, which are their classes.
struct ImageFolder: Sendable {
  /// The folder, for messages.
  let path: String
  /// Paths of all pictures, class by class, by name within a class.
  let files: [String]
  /// Name of the class of each picture; `nil` where pictures lie side by side without folders.
  let classes: [String]?

  /// Pictures in formats that are not read; meeting one is an error, unlike other files.
  private static let foreignExtensions = [
    "gif", "webp", "bmp", "tif", "tiff", "heic", "heif", "avif", "jp2", "jxl", "ppm", "pgm", "svg",
  ]

  /// Lists the pictures below a folder: those in it, or those in the folders in it.
  ///
  /// What is hidden is passed over, and so are files that are no pictures, such as notes.
  ///
  /// - Throws: ``DatasetError/directoryMissing(path:)``, ``DatasetError/unreadable(path:reason:)``,
  ///   ``DatasetError/noPictures(directory:found:)``, ``DatasetError/foreignPicture(path:)`` and
  ///   ``DatasetError/picturesBesideFolders(directory:picture:folder:)``.
  init(path: String) throws(DatasetError) {
    let members = try Self.members(of: path)
    let loose = try Self.pictures(members.files, in: path)
    var files: [String] = []
    var classes: [String] = []
    for folder in members.folders {
      let inside = try Self.allPictures(below: "\(path)/\(folder)")
      files += inside
      classes += inside.map { _ in folder }
    }
    if let picture = loose.first, let folder = classes.first {
      throw .picturesBesideFolders(directory: path, picture: picture, folder: folder)
    }
    guard !loose.isEmpty || !files.isEmpty else {
      throw .noPictures(
        directory: path, found: members.files + members.folders.map { $0 + "/" })
    }
    self.path = path
    self.files = loose.isEmpty ? files : loose
    self.classes = loose.isEmpty ? classes : nil
  }

  /// The parts of a folder: those named `train` and `test` where there is a folder `train`, otherwise all
  /// pictures as one part.
  static func parts(of path: String) throws(DatasetError) -> (
    train: ImageFolder, test: ImageFolder?
  ) {
    let folders = try members(of: path).folders
    guard folders.contains("train") else { return (try ImageFolder(path: path), nil) }
    let train = try ImageFolder(path: "\(path)/train")
    guard folders.contains("test") else { return (train, nil) }
    return (train, try ImageFolder(path: "\(path)/test"))
  }

  /// Paths of all pictures in a folder and in folders inside it.
  private static func allPictures(below path: String, depth: Int = 0) throws(DatasetError)
    -> [String]
  {
    // Links may lead in circles.
    guard depth < 16 else { return [] }
    let members = try members(of: path)
    var found = try pictures(members.files, in: path)
    for folder in members.folders {
      found += try allPictures(below: "\(path)/\(folder)", depth: depth + 1)
    }
    return found
  }

  private static func pictures(
    _ names: [String], in path: String
  ) throws(DatasetError) -> [String] {
    var found: [String] = []
    for name in names {
      let ending = (name as NSString).pathExtension.lowercased()
      if foreignExtensions.contains(ending) { throw .foreignPicture(path: "\(path)/\(name)") }
      if Picture.knownExtensions.contains(ending) { found.append("\(path)/\(name)") }
    }
    return found
  }

  /// Names in a folder, sorted, without hidden ones.
  private static func members(
    of path: String
  ) throws(DatasetError) -> (files: [String], folders: [String]) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .directoryMissing(path: path)
    }
    guard isFolder.boolValue else { throw .unreadable(path: path, reason: "not a folder") }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path)
        .filter { !$0.hasPrefix(".") }.sorted()
    } catch {
      throw .unreadable(path: path, reason: "the system refuses to list it")
    }
    var (files, folders) = ([String](), [String]())
    for name in names {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
      if isFolder.boolValue { folders.append(name) } else { files.append(name) }
    }
    return (files, folders)
  }
}
