import AEFamily
import DenseBackbone
import LatentZoo
import VAEFamily

/// What the README shows of opening a model.
func codesAndSamples() throws -> (codes: NDArray, images: NDArray) {
  let registry = Registry()
  try registry.register(Autoencoder.self, provider: "LatentZoo")
  try registry.register(VariationalAutoencoder.self, provider: "LatentZoo")
  try registry.register(backbone: Dense.self, provider: "LatentZoo")

  let model = try Checkpoint.read(at: try Zoo().path(of: "vae-digits"), registry: registry)
  let digits = try DataSource(parsing: "digits").open().train
  let codes = try model.encode(digits.examples(0..<100))  // [100, latentSize]
  let images = try model.sample(16, seed: 1)  // [16, 1, 8, 8]
  return (codes, images)
}
