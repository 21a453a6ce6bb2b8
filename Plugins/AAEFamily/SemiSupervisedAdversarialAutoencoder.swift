import LatentZoo

/// The semi-supervised adversarial autoencoder (Makhzani et al. 2015, section 5, https://arxiv.org/abs/1511.05644).
///
/// The code is a style and the probabilities of the classes, `[style | class]`. One discriminator holds styles to a normal
/// distribution, another one the probabilities to one-hot vectors, so that even unlabelled examples decide for a class; a
/// few labelled examples say which is which.
///
/// Differs from the paper: Adam in place of gradient descent with momentum.
public struct SemiSupervisedAdversarialAutoencoder: ConditionalModelFamily {
  public static let card = Card(
    identifier: "aae-semi-supervised", title: "Semi-supervised adversarial autoencoder",
    summary: "a class learned from few labels, and a style beside it",
    paper: AdversarialAutoencoder.card.paper)

  public let configuration: Configuration
  /// `[B, ...dataShape]` to style and class
  public let encoder: EncoderNetwork<StyleAndClassHead>
  /// `[B, latentSize]` to `[B, ...dataShape]`: logits or means
  public let decoder: any Layer
  private let observation: ObservationModel
  /// Tells normal draws `[B, styleSize]` from styles.
  let styleDiscriminator: Discriminator
  /// Tells one-hot vectors `[B, classCount]` from probabilities.
  let classDiscriminator: Discriminator
  public let classCount: Int

  public var latentSize: Int { configuration.styleSize + classCount }
  public var prior: LatentPrior { .labelled(classCount: classCount, style: .standardNormal) }
  public var predictsLabels: Bool { true }
  public var batchContents: BatchContents { [.labels, .labelledExamples] }

  public init(
    _ configuration: Configuration, on backbone: any Backbone, using random: inout RandomSource
  ) throws {
    self.configuration = configuration
    observation = ObservationModel(configuration.likelihood)
    classCount = backbone.data.classCount
    guard classCount > 1 else {
      throw ModelError.dataDoesNotFit(
        family: Self.card.identifier, reason: "it needs labels of two classes or more")
    }
    encoder = EncoderNetwork(
      features: backbone.makeEncoder(using: &random),
      head: StyleAndClassHead(
        inputSize: backbone.featureSize, styleSize: configuration.styleSize,
        classCount: classCount, using: &random))
    decoder = backbone.makeDecoder(
      inputSize: configuration.styleSize + classCount, using: &random)
    let hiddenSizes = configuration.discriminatorSizes
    styleDiscriminator = Discriminator(
      inputSize: configuration.styleSize, hiddenSizes: hiddenSizes, using: &random)
    classDiscriminator = Discriminator(
      inputSize: classCount, hiddenSizes: hiddenSizes, using: &random)
  }

  /// Style `[B, styleSize]` and logits of the classes `[B, classCount]`.
  private func parts(of x: Tensor, using pass: inout Pass) -> (style: Tensor, logits: Tensor) {
    let isNoisy = pass.isTraining && configuration.inputNoise > 0
    let noise = Tensor(Float(configuration.inputNoise))
    let seen = isNoisy ? x + pass.normal(x.shape) * noise : x
    let features = encoder.features(seen, using: &pass)
    return (encoder.head.style(features, using: &pass), encoder.head.logits(features, using: &pass))
  }

  public func encode(_ x: Tensor, using pass: inout Pass) -> Tensor {
    let (style, logits) = parts(of: x, using: &pass)
    return .concatenated([style, logits.softmax()], axis: 1)
  }

  public func encode(_ x: Tensor, labels: Tensor, using pass: inout Pass) -> Tensor {
    let style = parts(of: x, using: &pass).style
    return .concatenated([style, labels.oneHot(count: classCount)], axis: 1)
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
        "discriminate",
        moving: { $0.styleDiscriminator.parameters + $0.classDiscriminator.parameters },
        optimizer: Adversary.optimizer, learningRateFactor: configuration.discriminationRate,
        minimising: { $0.discrimination(of: $1, using: &$2) }),
      TrainingObjective(
        "fool", moving: { $0.encoder.parameters }, optimizer: Adversary.optimizer,
        learningRateFactor: configuration.foolingRate,
        minimising: { $0.fooling(on: $1, using: &$2) }),
      TrainingObjective(
        "classify", moving: { $0.encoder.parameters },
        learningRateFactor: configuration.classificationRate,
        minimising: { $0.classification(of: $1, using: &$2) }),
    ]
  }

  /// Reconstruction: `-log p(x | z)`.
  public func objective(for batch: Batch, using pass: inout Pass) -> Objective {
    let z = encode(batch.examples, using: &pass)
    let y = decoder(z, using: &pass)
    return Objective(reconstruction: observation.negativeLog(of: batch.examples, under: y))
  }

  private func discrimination(of batch: Batch, using pass: inout Pass) -> Objective {
    let (style, logits) = parts(of: batch.examples, using: &pass)
    let drawn = prior.sample(style.shape[0], size: latentSize, using: &pass)
      .split(axis: 1, sizes: [configuration.styleSize, classCount])
    let ofStyle = styleDiscriminator.discrimination(of: drawn[0], from: style, using: &pass)
    let ofClass = classDiscriminator.discrimination(
      of: drawn[1], from: logits.softmax(), using: &pass)
    return Objective(
      loss: ofStyle.loss + ofClass.loss,
      terms: [("style", ofStyle.loss), ("class", ofClass.loss)])
  }

  private func fooling(on batch: Batch, using pass: inout Pass) -> Objective {
    let (style, logits) = parts(of: batch.examples, using: &pass)
    let byStyle = styleDiscriminator.fooling(by: style, using: &pass)
    let byClass = classDiscriminator.fooling(by: logits.softmax(), using: &pass)
    return Objective(loss: byStyle + byClass, terms: [("style", byStyle), ("class", byClass)])
  }

  private func classification(of batch: Batch, using pass: inout Pass) -> Objective {
    let (examples, labels) = batch.labelled
    let logits = parts(of: examples, using: &pass).logits
    return Objective(
      loss: .meanCrossEntropy(logits: logits, labels: labels),
      terms: [("error", logits.argMax(axis: 1).notEqual(to: labels).mean())])
  }

  /// How far reconstructions are from the examples, and the share of those with a known class that are taken for another.
  public func measures(
    of batch: Batch, using pass: inout Pass
  ) -> [(name: String, value: Tensor)] {
    let (x, labels) = (batch.examples, batch.labels)
    let y = reconstruct(x, using: &pass)
    let found = parts(of: x, using: &pass).logits.argMax(axis: 1)
    let isKnown = labels >= 0
    let errors = isKnown.and(found.notEqual(to: labels)).sum()
    return [
      ("squaredError", (y - x).squared().summedPerExample().mean()),
      ("classificationError", errors / Tensor.maximum(isKnown.sum(), 1)),
    ]
  }

  public func validate(_ data: Dataset) throws {
    try data.requireValues(of: configuration.likelihood, family: Self.card.identifier)
  }
}
