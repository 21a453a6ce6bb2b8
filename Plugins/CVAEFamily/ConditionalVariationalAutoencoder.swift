import LatentZoo

/// The conditional variational autoencoder (Sohn, Lee and Yan 2015; Kingma et al. 2014): `p(x | z, y)` and `q(z | x, y)`, so
/// that a code tells what the class does not.
///
/// The code is `[z | class]`. With `predictsLabels` the encoder does not see the class, `q(z | x)`, and a linear layer learns to
/// tell it from the mean of `z`, so that examples can be encoded without labels.
///
/// Differs from the paper: `p(z)` does not depend on the class.
public struct ConditionalVariationalAutoencoder: ConditionalModelFamily, LatentVariableModel {
  public static let card = Card(
    identifier: "cvae", title: "Conditional variational autoencoder",
    summary: "a code of what the class does not tell; samples by class",
    paper: Paper(
      authors: "Sohn, Lee and Yan", year: 2015,
      title: "Learning structured output representation using deep conditional generative models",
      url: "https://papers.nips.cc/paper/5775"))

  public let configuration: Configuration
  public let classCount: Int
  /// `[B, ...dataShape]`, and the class after its features unless it is predicted, to the distribution of `z`,
  /// `[B, styleSize]`
  public let encoder: EncoderNetwork<GaussianHead>
  /// `[B, styleSize + classCount]` to what ``observation`` reads
  public let decoder: any Layer
  /// `p(x | z, y)`
  public let observation: ObservationModel
  /// The mean of `z` to logits of the classes, `[B, classCount]`
  public let labelPredictor: Linear?

  public var latentSize: Int { configuration.styleSize + classCount }
  public var predictsLabels: Bool { labelPredictor != nil }
  public var prior: LatentPrior { .standardNormal }
  public var batchContents: BatchContents { .labels }

  public init(
    _ configuration: Configuration, on backbone: any Backbone, using random: inout RandomSource
  ) throws {
    self.configuration = configuration
    classCount = backbone.data.classCount
    guard classCount > 0 else {
      throw Self.unfit("it needs the class of each example; give data with labels")
    }
    let (predictsLabels, styleSize) = (configuration.predictsLabels, configuration.styleSize)
    encoder = EncoderNetwork(
      features: backbone.makeEncoder(using: &random),
      head: GaussianHead(
        inputSize: backbone.featureSize + (predictsLabels ? 0 : classCount),
        latentSize: styleSize, using: &random))
    observation = ObservationModel(
      configuration.likelihood, variance: configuration.variance,
      startingVariance: configuration.outputVariance)
    decoder = try backbone.makeDecoder(
      inputSize: styleSize + classCount, outputCount: observation.outputCount, using: &random)
    labelPredictor =
      predictsLabels ? Linear(inputSize: styleSize, outputSize: classCount, using: &random) : nil
  }

  public func posterior(for batch: Batch, using pass: inout Pass) -> DiagonalGaussian {
    style(of: batch.examples, batch.labels.oneHot(count: classCount), using: &pass)
  }

  private func style(
    of x: Tensor, _ classes: Tensor, using pass: inout Pass
  ) -> DiagonalGaussian {
    let features = encoder.features(x, using: &pass)
    return encoder.head(
      predictsLabels ? features : .concatenated([features, classes], axis: 1), using: &pass)
  }

  public func negativeLogLikelihood(
    of batch: Batch, given z: Tensor, using pass: inout Pass
  ) -> Tensor {
    let code = Tensor.concatenated([z, batch.labels.oneHot(count: classCount)], axis: 1)
    return observation.negativeLog(of: batch.examples, under: decoder(code, using: &pass))
  }

  public func encode(_ x: Tensor, labels: Tensor, using pass: inout Pass) -> Tensor {
    let classes = labels.oneHot(count: classCount)
    return .concatenated([style(of: x, classes, using: &pass).mean, classes], axis: 1)
  }

  /// The code of an example of unknown class: that of the likeliest class where classes are predicted, otherwise with all
  /// alike. `[B, ...dataShape]` to `[B, latentSize]`.
  public func encode(_ x: Tensor, using pass: inout Pass) -> Tensor {
    let alike = Tensor(NDArray(repeating: 1 / Float(classCount), shape: [x.shape[0], classCount]))
    let mean = style(of: x, alike, using: &pass).mean
    let predicted = labelPredictor?(mean, using: &pass).argMax(axis: 1).oneHot(count: classCount)
    return .concatenated([mean, predicted ?? alike], axis: 1)
  }

  public func decode(_ z: Tensor, using pass: inout Pass) -> Tensor {
    observation.mean(of: decoder(z, using: &pass))
  }

  public func objective(for batch: Batch, using pass: inout Pass) -> Objective {
    let posterior = posterior(for: batch, using: &pass)
    let z = posterior.sample(using: &pass)
    let bound = Objective(
      reconstruction: negativeLogLikelihood(of: batch, given: z, using: &pass),
      divergence: posterior.klDivergenceToStandardNormal(),
      weight: Tensor(Float(configuration.beta)) * batch.warmUp(epochs: configuration.klWarmUpEpochs)
    )
    guard let labelPredictor else { return bound }
    let prediction = Tensor.meanCrossEntropy(
      logits: labelPredictor(posterior.mean, using: &pass), labels: batch.labels)
    return Objective(
      loss: bound.loss + prediction * Tensor(Float(configuration.predictionWeight)),
      terms: bound.terms + [("prediction", prediction)])
  }

  public func validate(_ data: Dataset) throws {
    if data.labels?.contains(Dataset.unknownLabel) ?? false {
      throw Self.unfit("some of its labels are hidden; leave --labels out")
    }
    try data.requireValues(of: configuration.likelihood, family: Self.card.identifier)
  }

  private static func unfit(_ reason: String) -> ModelError {
    .dataDoesNotFit(family: card.identifier, reason: reason)
  }
}
