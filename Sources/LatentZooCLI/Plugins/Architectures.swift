import LatentZoo
import Synchronization

/// The families and backbones that a command works with: those it comes with, and those of installed plugins.
enum Architectures {
  private static let told = Mutex<Set<String>>([])

  /// A registry that knows them all; a plugin that cannot be used is left out with a note.
  ///
  /// - Parameters:
  ///   - folder: plugins to look at first.
  ///   - console: is told of plugins that are left out.
  /// - Throws: `RegistryError` where two built-in ones share a name.
  static func registry(plugins folder: String?, telling console: Console) throws -> Registry {
    let registry = try BuiltIns.registry()
    for plugin in PluginLoader(PluginFolder.all(given: folder)).load(into: registry) {
      guard let problem = plugin.problem, told.withLock({ $0.insert(plugin.folder).inserted })
      else { continue }
      console.note("the plugin \(plugin.name) is left out: \(problem)")
    }
    return registry
  }
}
