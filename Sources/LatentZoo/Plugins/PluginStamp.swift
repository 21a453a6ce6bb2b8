import Foundation

/// What a plugin's library was built for; it works with nothing else.
public struct PluginStamp: Codable, Hashable, Sendable {
  /// ``PluginEntry/interfaceVersion``.
  public let interface: Int
  /// The compiler, such as `6.3.1`: another one lays types out differently.
  public let compiler: String
  /// SHA-256 over the modules that the plugin was compiled against, in hexadecimal digits.
  public let modules: String

  /// Joins the parts.
  public init(interface: Int, compiler: String, modules: String) {
    self.interface = interface
    self.compiler = compiler
    self.modules = modules
  }

  /// What this program's plugins must be built for.
  ///
  /// - Throws: ``PluginError/noModules(executable:)``.
  public init(of modules: ToolModules) throws(PluginError) {
    self.init(
      interface: PluginEntry.interfaceVersion, compiler: try modules.compiler(),
      modules: try modules.digest())
  }

  /// Refuses a plugin that was built for something else.
  ///
  /// - Throws: ``PluginError/builtForAnother(plugin:what:found:expected:)``.
  func check(matches tool: PluginStamp, plugin: String) throws(PluginError) {
    for (what, found, expected) in [
      ("plugin interface", "\(interface)", "\(tool.interface)"),
      ("compiler", compiler, tool.compiler),
      ("build of latentzoo", String(modules.prefix(12)), String(tool.modules.prefix(12))),
    ] where found != expected {
      throw .builtForAnother(plugin: plugin, what: what, found: found, expected: expected)
    }
  }
}
