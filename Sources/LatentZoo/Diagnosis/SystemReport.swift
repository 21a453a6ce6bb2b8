import Foundation
internal import HDF5

/// What the library runs on: releases, processor and folders.
public struct SystemReport: Hashable, Codable, Sendable {
  /// A folder in which models are looked up.
  public struct Folder: Hashable, Codable, Sendable {
    /// Its path.
    public let path: String
    /// Whether it exists.
    public let exists: Bool
    /// Whether models can be added to it, or to the folder that would hold it.
    public let isWritable: Bool
    /// Number of checkpoint files in it.
    public let modelCount: Int
  }

  /// Releases by name, such as "oneDNN" and "2.6.3".
  public let versions: [String: String]
  /// The widest vector instructions in use.
  public let vectorInstructions: String
  /// Processors this process may use.
  public let processorCount: Int
  /// Threads of the engine.
  public let threadCount: Int
  /// Folders of the zoo, in the order in which they are looked in.
  public let folders: [Folder]
  /// The folder new models go to.
  public let home: String

  /// Looks at this machine.
  ///
  /// - Throws: what HDF5 says.
  public init(zoo: Zoo, engine: Engine = .shared) throws {
    versions = [
      "LatentZoo": libraryVersion, "Swift": Self.swiftVersion, "oneDNN": Engine.oneDNNVersion,
      "HDF5": try LibraryVersion.current(), "libpng": CodecVersions.libpng,
      "zlib": CodecVersions.zlib,
    ]
    vectorInstructions = Engine.vectorLevel
    processorCount = Engine.availableProcessors
    threadCount = engine.threadCount
    folders = zoo.folders.map(Folder.init(path:))
    home = zoo.home
  }

  /// The compiler that built the library, as far as a program can tell.
  private static var swiftVersion: String {
    #if compiler(>=6.4)
      "6.4 or newer"
    #elseif compiler(>=6.3)
      "6.3"
    #elseif compiler(>=6.2)
      "6.2"
    #else
      "6.1"
    #endif
  }
}

extension SystemReport.Folder {
  fileprivate init(path: String) {
    let manager = FileManager.default
    self.path = path
    var isFolder: ObjCBool = false
    exists = manager.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    // Who would make the folder needs to write to the nearest one that exists.
    var nearest = path
    while !manager.fileExists(atPath: nearest), nearest != ".", nearest != "/" {
      let parent = (nearest as NSString).deletingLastPathComponent
      nearest = parent.isEmpty ? "." : parent
    }
    isWritable = access(nearest, W_OK) == 0
    do {
      modelCount = try manager.contentsOfDirectory(atPath: path)
        .filter { $0.hasSuffix(".h5") && !$0.hasPrefix(".") }.count
    } catch {
      modelCount = 0
    }
  }
}
