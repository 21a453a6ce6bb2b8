import DenseBackbone
import LatentZoo
import LatentZooTesting
import Testing

@Test("The noisy autoencoder is a well-behaved family")
func isWellBehaved() throws {
  let registry = Registry()
  try registry.register(NoisyAutoencoder.self, provider: "Example")
  try registry.register(backbone: Dense.self, provider: "LatentZoo")
  try checkModelFamily(
    NoisyAutoencoder.self, registry: registry,
    settings: [Setting(key: "hiddenSizes", value: [12]), Setting(key: "latentSize", value: 3)],
    data: try DataSource(parsing: "digits").open().train.prefix(50))
}
