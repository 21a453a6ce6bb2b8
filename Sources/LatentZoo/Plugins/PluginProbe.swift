/// Loads a built plugin, to see what it registers.
public enum PluginProbe {
  /// What a library registers, by kind, each in order.
  public struct Contents: Codable, Hashable, Sendable {
    /// Identifiers of families.
    public let families: [String]
    /// Identifiers of backbones.
    public let backbones: [String]
  }

  /// Has a library register what it brings.
  ///
  /// To be called in a process of its own, which a plugin that crashes may end.
  ///
  /// - Throws: ``PluginError``.
  public static func contents(
    ofLibrary path: String, plugin name: String
  ) throws(PluginError) -> Contents {
    let manifest = PluginManifest(
      name: name, version: "", summary: "", families: [], backbones: [],
      stamp: PluginStamp(interface: 0, compiler: "", modules: ""),
      library: PluginManifest.Library(file: path, byteCount: 0, sha256: ""))
    let registry = try PluginLoader.contents(of: path, manifest: manifest, crashMark: "/dev/null")
    return Contents(
      families: registry.families.map(\.identifier), backbones: registry.backbones.map(\.identifier)
    )
  }
}
