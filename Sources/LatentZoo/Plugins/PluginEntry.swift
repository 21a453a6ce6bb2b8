/// The door through which the command enters a plugin's library.
///
/// `latentzoo plugin build` compiles a C function of the name ``symbol`` into the library, which calls ``enter(_:with:)``.
public enum PluginEntry {
  /// Version of what the command and a plugin expect of each other; a plugin built for another one is not loaded.
  public static let interfaceVersion = 1
  /// Name of the C function `void (void *visit)`.
  public static let symbol = "latentzoo_plugin_enter"

  /// Has a plugin register what it brings.
  ///
  /// - Parameters:
  ///   - plugin: the type that registers.
  ///   - visit: what the command handed to the C function.
  public static func enter(_ plugin: any ZooPlugin.Type, with visit: UnsafeMutableRawPointer) {
    let visit = Unmanaged<PluginVisit>.fromOpaque(visit).takeUnretainedValue()
    visit.hasEntered = true
    do {
      try plugin.register(in: visit.registry, provider: visit.provider)
    } catch {
      visit.failure = error
    }
  }
}

/// A call into a plugin's library and what came of it.
final class PluginVisit {
  /// What the plugin registers in; nobody else's is touched.
  let registry = Registry()
  let provider: String
  /// Whether the plugin found this copy of the library; one that was linked with a copy of its own does not.
  var hasEntered = false
  /// What the plugin threw.
  var failure: (any Error)?

  init(provider: String) { self.provider = provider }
}
