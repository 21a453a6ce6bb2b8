import LatentZoo

extension Autoencoder {
  public static let presets = [
    "deep-ae": Preset(
      summary: "the paper's 784-1000-500-250-30 network",
      settings: [
        "hiddenSizes": [1000, 500, 250], "latentSize": 30, "loss": "squaredError",
        "activation": "elu",
      ]),
    "sparse-ae": Preset(
      summary: "many units of which few are active: a penalty on their sum",
      settings: [
        "latentSize": 256, "codeActivation": "relu", "sparsity": "l1", "sparsityWeight": 0.1,
      ]),
    "kl-sparse-ae": Preset(
      summary: "units that are on for one example in twenty",
      settings: [
        "latentSize": 256, "codeActivation": "sigmoid", "sparsity": "kl", "sparsityWeight": 1,
        "sparsityTarget": 0.05,
      ]),
    "redundant-ae": Preset(
      summary: "a code larger than a small image, with noise and gaps",
      settings: [
        "latentSize": 1024, "codeActivation": "tanh", "codeNoise": 0.3, "codeDropout": 0.5,
      ]),
    "denoising-ae": Preset(
      summary: "restores images of which half the pixels are masked",
      settings: [
        "hiddenSizes": [1000, 500], "latentSize": 64, "corruption": "masking",
        "corruptionAmount": 0.5, "activation": "elu",
      ]),
    "contractive-ae": Preset(
      summary: "a code that keeps still where the data does not go",
      settings: [
        "hiddenSizes": [], "latentSize": 256, "codeActivation": "sigmoid", "tiedWeights": true,
        "contractionWeight": 0.1,
      ]),
    "tied-ae": Preset(
      summary: "a decoder of the encoder's weights, transposed", settings: ["tiedWeights": true]),
    "conv-ae": Preset(
      summary: "convolutions down to a code, transposed ones back up", backbone: "conv",
      settings: [:]),
    "conv-ae-spatial": Preset(
      summary: "a code of maps, each element belonging to a place", backbone: "conv",
      settings: ["code": "spatial"]),
    "residual-ae": Preset(
      summary: "residual blocks down to a code and back up", backbone: "residual", settings: [:]),
  ]
}
