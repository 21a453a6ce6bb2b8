import AAEFamily
import AEFamily
import CVAEFamily
import ConvolutionalBackbone
import DenseBackbone
import FactorAnalysisFamily
import LatentZoo
import LinearBackbone
import PCAFamily
import QuickThoughtFamily
import RecurrentBackbone
import ResidualBackbone
import SequenceFamily
import SkipThoughtFamily
import VAEFamily

/// The families and backbones that come with the command: a new one is a line here.
enum BuiltIns {
  /// Who provides them.
  static let provider = "LatentZoo"

  /// A registry that knows them all.
  ///
  /// - Throws: `RegistryError` where two share a name.
  static func registry() throws -> Registry {
    let registry = Registry()
    try registry.register(AdversarialAutoencoder.self, provider: provider)
    try registry.register(Autoencoder.self, provider: provider)
    try registry.register(ConditionalVariationalAutoencoder.self, provider: provider)
    try registry.register(FactorAnalysis.self, provider: provider)
    try registry.register(PrincipalComponentAnalysis.self, provider: provider)
    try registry.register(QuickThought.self, provider: provider)
    try registry.register(SemiSupervisedAdversarialAutoencoder.self, provider: provider)
    try registry.register(SequenceAutoencoder.self, provider: provider)
    try registry.register(SkipThought.self, provider: provider)
    try registry.register(VariationalAutoencoder.self, provider: provider)
    try registry.register(backbone: Convolutional.self, provider: provider)
    try registry.register(backbone: Dense.self, provider: provider)
    try registry.register(backbone: LinearMaps.self, provider: provider)
    try registry.register(backbone: Recurrent.self, provider: provider)
    try registry.register(backbone: Residual.self, provider: provider)
    return registry
  }
}
