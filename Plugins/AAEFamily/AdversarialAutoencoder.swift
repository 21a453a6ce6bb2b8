import LatentZoo

/// The adversarial autoencoder (Makhzani et al. 2015, https://arxiv.org/abs/1511.05644).
///
/// Three objectives take turns on each batch: encoder and decoder *reconstruct*; a discriminator learns to tell codes from
/// draws of the prior; the encoder learns to *fool* it. Where the discriminator is shown labels, each class gets a part of the
/// prior of its own; examples without a label carry a class "unknown".
///
/// Differs from the paper: Adam in place of gradient descent with momentum, and no universal approximator posterior.
public struct AdversarialAutoencoder: ModelFamily {
  public static let card = Card(
    identifier: "aae", title: "Adversarial autoencoder",
    summary: "a code distributed like any prior one can draw from",
    paper: Paper(
      authors: "Makhzani, Shlens, Jaitly, Goodfellow and Frey", year: 2015,
      title: "Adversarial autoencoders", url: "https://arxiv.org/abs/1511.05644"))

  public static let presets = [
    "gaussian-aae": Preset(
      summary: "an encoder that gives distributions of codes", settings: ["posterior": "gaussian"]),
    "aae-mixture": Preset(
      summary: "ten petals in the plane, each for a class where labels are used",
      settings: ["latentSize": 2, "prior": "gaussianMixture"]),
    "aae-swiss-roll": Preset(
      summary: "a spiral in the plane", settings: ["latentSize": 2, "prior": "swissRoll"]),
    "aae-uniform": Preset(
      summary: "every code in a square as likely", settings: ["latentSize": 2, "prior": "uniform"]),
  ]

  public let configuration: Configuration
  /// `[B, ...dataShape]` to the code `[B, latentSize]`, or to its distribution
  public let encoder: EncoderNetwork<CodeHead>
  /// `[B, latentSize]` to `[B, ...dataShape]`: logits or means
  public let decoder: any Layer
  private let observation: ObservationModel
  /// Tells draws of the prior from codes, `[B, latentSize]` and a one-hot class where labels are used.
  let discriminator: Discriminator
  private let classCount: Int

  public var latentSize: Int { configuration.latentSize }
  public var prior: LatentPrior { configuration.prior }
  public var batchContents: BatchContents { configuration.usesLabels ? .labels : [] }

  public init(
    _ configuration: Configuration, on backbone: any Backbone, using random: inout RandomSource
  ) throws {
    classCount = configuration.usesLabels ? configuration.prior.classCount : 0
    guard backbone.data.classCount <= classCount || classCount == 0 else {
      throw ModelError.dataDoesNotFit(
        family: Self.card.identifier,
        reason: "it has \(backbone.data.classCount) classes and the prior only \(classCount)")
    }
    self.configuration = configuration
    observation = ObservationModel(configuration.likelihood)
    encoder = EncoderNetwork(
      features: backbone.makeEncoder(using: &random),
      head: CodeHead(
        configuration.posterior, inputSize: backbone.featureSize,
        latentSize: configuration.latentSize, using: &random))
    decoder = backbone.makeDecoder(inputSize: configuration.latentSize, using: &random)
    discriminator = Discriminator(
      inputSize: configuration.latentSize + (classCount > 0 ? classCount + 1 : 0),
      hiddenSizes: configuration.discriminatorSizes, using: &random)
  }

  public func encode(_ x: Tensor, using pass: inout Pass) -> Tensor {
    let features = encoder.features(x, using: &pass)
    return encoder.head(features, using: &pass)
  }

  public func decode(_ z: Tensor, using pass: inout Pass) -> Tensor {
    observation.mean(of: decoder(z, using: &pass))
  }

  public var objectives: [TrainingObjective<Self>] {
    [
      TrainingObjective(
        "reconstruct", moving: { $0.encoder.parameters + $0.decoder.parameters },
        minimising: { $0.objective(for: $1, using: &$2) }),
      TrainingObjective(
        "discriminate", moving: { $0.discriminator.parameters }, optimizer: Adversary.optimizer,
        learningRateFactor: configuration.discriminationRate,
        minimising: { $0.discrimination(of: $1, using: &$2) }),
      TrainingObjective(
        "fool", moving: { $0.encoder.parameters }, optimizer: Adversary.optimizer,
        learningRateFactor: configuration.foolingRate,
        minimising: { $0.fooling(on: $1, using: &$2) }),
    ]
  }

  /// Reconstruction: `-log p(x | z)`.
  public func objective(for batch: Batch, using pass: inout Pass) -> Objective {
    let z = encode(batch.examples, using: &pass)
    let y = decoder(z, using: &pass)
    return Objective(reconstruction: observation.negativeLog(of: batch.examples, under: y))
  }

  private func discrimination(of batch: Batch, using pass: inout Pass) -> Objective {
    let z = encode(batch.examples, using: &pass)
    let drawn = prior.sample(
      z.shape[0], size: latentSize, labels: classCount > 0 ? batch.labels : nil, using: &pass)
    return discriminator.discrimination(
      of: judged(drawn, in: batch), from: judged(z, in: batch), using: &pass)
  }

  private func fooling(on batch: Batch, using pass: inout Pass) -> Objective {
    let z = encode(batch.examples, using: &pass)
    return Objective(loss: discriminator.fooling(by: judged(z, in: batch), using: &pass))
  }

  /// What the discriminator sees of codes: with labels also the class, the last one for "unknown".
  private func judged(_ z: Tensor, in batch: Batch) -> Tensor {
    classCount > 0 ? judged(z, labels: batch.labels) : z
  }

  private func judged(_ z: Tensor, labels: Tensor) -> Tensor {
    let classes = Tensor.where(labels < 0, Tensor(Float(classCount)), labels)
    return .concatenated([z, classes.oneHot(count: classCount + 1)], axis: 1)
  }

  /// The discriminator, and the distribution of a code where it has one.
  public func furtherNetworks(for data: DataShape) -> [FurtherNetwork] {
    let z = GraphValue.vectors("z", size: latentSize)
    let discriminator =
      classCount > 0
      ? discriminator.told(as: "discriminator", of: [z, .labels]) {
        judged($0[0], labels: $0[1])
      } : discriminator.told(as: "discriminator", of: [z])
    guard let logVariance = encoder.head.logVariance else { return [discriminator] }
    let posterior = FurtherNetwork(
      "posterior", inputs: [.examples(data)], outputs: ["z_mean", "z_log_variance"]
    ) { inputs, pass in
      let features = encoder.features(inputs[0], using: &pass)
      return [encoder.head.mean(features, using: &pass), logVariance(features, using: &pass)]
    }
    return [discriminator, posterior]
  }

  public func validate(_ data: Dataset) throws {
    try data.requireValues(of: configuration.likelihood, family: Self.card.identifier)
  }
}
