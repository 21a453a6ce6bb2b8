import LatentZoo

/// What this package brings, to a program that it is linked into and to the command that loads it at run time.
public enum NoisyPlugin: ZooPlugin {
  public static let families: [any ModelFamily.Type] = [NoisyAutoencoder.self]
}
