import LatentZoo

/// What this package brings to a registry.
public enum RebuiltVAEPlugin: ZooPlugin {
  public static let families: [any ModelFamily.Type] = [RebuiltVAE.self]
}
