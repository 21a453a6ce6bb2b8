import LatentZoo

extension NoisyAutoencoder {
  public static let presets = [
    "noisier-ae": Preset(summary: "with as much noise as signal", settings: ["noise": 1]),
    "noisy-conv-ae": Preset(
      summary: "on convolutions, for images", backbone: "conv", settings: [:]),
  ]
}
