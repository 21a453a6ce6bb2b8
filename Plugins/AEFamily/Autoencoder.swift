import LatentZoo

/// The autoencoder: the data through a code and back (Hinton and Salakhutdinov 2006), and its variants.
///
/// Minimises the distance of the reconstruction from the input, and beside it what the settings ask for:
/// - a penalty on codes with many active units (sparse; Ng 2011),
/// - noise or dropout on the code in training (redundant, where the code is larger than the input),
/// - reconstruction of a clean input from a damaged one (denoising; Vincent et al. 2010),
/// - a penalty `‖∂z/∂x‖²` on codes that follow every change of the input (contractive; Rifai et al. 2011).
///
/// Differs from the papers: all layers are trained together from PyTorch's initial values, without layer-wise pretraining;
/// `deep-ae` has exponential linear units where the paper has logistic ones; any backbone may stand under each variant.
public struct Autoencoder: ModelFamily {
  public static let card = Card(
    identifier: "ae", title: "Autoencoder", summary: "reconstructs its input from a small code",
    paper: Paper(
      authors: "Hinton and Salakhutdinov", year: 2006,
      title: "Reducing the dimensionality of data with neural networks",
      url: "https://doi.org/10.1126/science.1127647"))

  public let configuration: Configuration
  /// `[B, ...dataShape]` to the code `[B, latentSize]`
  public let encoder: any Layer
  /// `[B, latentSize]` to `[B, ...dataShape]`, before the output activation
  public let decoder: any Layer
  public let latentSize: Int

  public init(
    _ configuration: Configuration, on backbone: any Backbone, using random: inout RandomSource
  ) throws {
    self.configuration = configuration
    let networks = try Networks(configuration, on: backbone, using: &random)
    (encoder, decoder) = (networks.encoder, networks.decoder)
    latentSize = networks.latentSize
  }

  public func encode(_ x: Tensor, using pass: inout Pass) -> Tensor {
    encoder(x, using: &pass)
  }

  public func decode(_ z: Tensor, using pass: inout Pass) -> Tensor {
    configuration.outputActivation(decoder(z, using: &pass))
  }

  public func objective(for batch: Batch, using pass: inout Pass) -> Objective {
    let x = configuration.damage(batch.examples, using: &pass)
    let z = encode(x, using: &pass)
    let noisy = disturbed(z, using: &pass)
    let y =
      configuration.loss == .binaryCrossEntropy
      ? decoder(noisy, using: &pass) : decode(noisy, using: &pass)
    let reconstruction = configuration.loss(of: y, target: batch.examples)
    var penalties: [Penalty] = []
    if let sparsity = configuration.sparsity.penalty(of: z, target: configuration.sparsityTarget) {
      penalties.append(Penalty("sparsity", sparsity, weight: configuration.sparsityWeight))
    }
    if configuration.contractionWeight > 0 {
      let norm = Tensor.squaredJacobianNorm(of: z, by: x, using: &pass).mean()
      penalties.append(Penalty("contraction", norm, weight: configuration.contractionWeight))
    }
    return Objective(reconstruction: reconstruction, penalties: penalties)
  }

  /// The code with noise and gaps, in training only.
  private func disturbed(_ z: Tensor, using pass: inout Pass) -> Tensor {
    guard pass.isTraining else { return z }
    let noisy =
      configuration.codeNoise > 0
      ? z + pass.normal(z.shape) * Tensor(Float(configuration.codeNoise)) : z
    return Dropout(rate: configuration.codeDropout)(noisy, using: &pass)
  }

  public func validate(_ data: Dataset) throws {
    if configuration.corruption == .squares, !data.shape.isImage {
      throw ModelError.dataDoesNotFit(
        family: Self.card.identifier,
        reason: "corruption=squares needs images, and examples are \(data.shape); "
          + "use --set corruption=masking")
    }
    guard configuration.loss == .binaryCrossEntropy else { return }
    try data.requireUnitRange(family: Self.card.identifier, instead: "loss=squaredError")
  }
}
