/// Architectures that one module brings: linked into a program, or loaded by the command at run time.
///
/// ```swift
/// public enum LadderPlugin: ZooPlugin {
///   public static let families: [any ModelFamily.Type] = [LadderAutoencoder.self]
/// }
/// ```
///
/// A program of one's own registers it by ``Registry/register(plugin:provider:)``; `latentzoo plugin build` makes a library
/// of the same source.
public protocol ZooPlugin: SendableMetatype {
  /// The families it brings; by default none.
  static var families: [any ModelFamily.Type] { get }
  /// The backbones it brings; by default none.
  static var backbones: [any Backbone.Type] { get }

  /// Adds everything to a registry; by default ``families`` and ``backbones``.
  ///
  /// - Parameters:
  ///   - registry: what they are added to.
  ///   - provider: whom to name as the one who brought it.
  /// - Throws: ``RegistryError``, or what keeps the plugin from working here.
  static func register(in registry: Registry, provider: String) throws
}

extension ZooPlugin {
  public static var families: [any ModelFamily.Type] { [] }
  public static var backbones: [any Backbone.Type] { [] }

  public static func register(in registry: Registry, provider: String) throws {
    for family in families { try registry.register(family, provider: provider) }
    for backbone in backbones { try registry.register(backbone: backbone, provider: provider) }
  }
}

extension Registry {
  /// Adds what a plugin brings.
  ///
  /// - Parameters:
  ///   - plugin: the type that registers.
  ///   - provider: whom to name as the one who brought it; by default the plugin's type.
  /// - Throws: what the plugin throws, as a rule ``RegistryError``.
  public func register(plugin: any ZooPlugin.Type, provider: String? = nil) throws {
    try plugin.register(in: self, provider: provider ?? "\(plugin)")
  }
}
