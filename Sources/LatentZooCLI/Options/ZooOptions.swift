import ArgumentParser
import Foundation
import LatentZoo

/// Where models are looked up.
struct ZooOptions: ParsableArguments {
  @Option(
    name: .customLong("zoo"),
    help: ArgumentHelp("Folder of models, looked in first.", valueName: "dir"))
  var folder: String?

  @Option(
    name: .customLong("plugins"),
    help: ArgumentHelp("Folder of installed plugins, looked in first.", valueName: "dir"))
  var pluginFolder: String?

  /// The architectures there are.
  ///
  /// - Throws: `RegistryError`.
  func registry(telling console: Console) throws -> Registry {
    try Architectures.registry(plugins: pluginFolder, telling: console)
  }

  /// The zoo to write to; the folder need not exist yet.
  var zoo: Zoo { Zoo(folder: folder) }

  /// The options as they stand on a command line, to be repeated in advice.
  var text: String {
    (folder.map { " --zoo \($0)" } ?? "") + (pluginFolder.map { " --plugins \($0)" } ?? "")
  }

  /// The zoo to read from.
  ///
  /// - Throws: `ZooError.folderUnusable` where a folder was given that does not exist.
  func existingZoo() throws -> Zoo {
    if let folder, !FileManager.default.fileExists(atPath: folder) {
      throw ZooError.folderUnusable(path: folder, reason: "it does not exist")
    }
    return zoo
  }

  /// Opens a model by name or path.
  ///
  /// - Throws: `ZooError`, `CheckpointError`, or what HDF5 says.
  func openModel(
    _ name: String, on engine: Engine, telling console: Console
  ) throws -> Model {
    try Checkpoint.read(
      at: try existingZoo().path(of: name), registry: try registry(telling: console), on: engine)
  }
}
