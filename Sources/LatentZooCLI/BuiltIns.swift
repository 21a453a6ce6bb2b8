import AAEFamily
import AEFamily
import ConvolutionalBackbone
import DenseBackbone
import LatentZoo
import ResidualBackbone
import VAEFamily

/// The families and backbones that come with the command: a new one is a line here.
enum BuiltIns {
  /// Who provides them.
  static let provider = "LatentZoo"

  /// A registry that knows them all.
  ///
  /// - Throws: ``RegistryError`` where two share a name.
  static func registry() throws -> Registry {
    let registry = Registry()
    try registry.register(Autoencoder.self, provider: provider)
    try registry.register(VariationalAutoencoder.self, provider: provider)
    try registry.register(AdversarialAutoencoder.self, provider: provider)
    try registry.register(SemiSupervisedAdversarialAutoencoder.self, provider: provider)
    try registry.register(backbone: Dense.self, provider: provider)
    try registry.register(backbone: Convolutional.self, provider: provider)
    try registry.register(backbone: Residual.self, provider: provider)
    return registry
  }
}
