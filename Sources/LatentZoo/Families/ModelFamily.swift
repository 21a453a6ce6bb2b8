/// An autoencoder architecture; its instances are models.
///
/// A conforming type gives a configuration, a card, networks as stored properties, `encode`, `decode` and an objective.
/// Training, saving, loading, sampling and the command line follow from those.
public protocol ModelFamily: Module, SendableMetatype {
  /// The settings that a user may change, with their defaults.
  associatedtype Configuration: ModelConfiguration
  /// What the registry shows.
  static var card: Card { get }
  /// Named choices of settings; by default none.
  static var presets: [String: Preset] { get }
  /// The backbone a model is built on unless another is asked for; by default `dense`.
  static var defaultBackbone: String { get }
  /// Whether the family works on tokens too; by default on numbers only.
  static var takesTokens: Bool { get }
  /// The settings, as the checkpoint records them.
  var configuration: Configuration { get }
  /// Number of elements of a code.
  var latentSize: Int { get }
  /// Where codes to decode come from when nothing was encoded; by default a density fitted on the training codes.
  var prior: LatentPrior { get }
  /// What ``objectives`` look at beside the examples; by default nothing. Data that lacks it is refused.
  var batchContents: BatchContents { get }

  /// Builds the networks with initial values.
  ///
  /// - Throws: ``ModelError`` where configuration, backbone and data do not fit.
  init(
    _ configuration: Configuration, on backbone: any Backbone, using random: inout RandomSource
  ) throws

  /// The code that stands for an example: `[B, ...dataShape]` to `[B, latentSize]`.
  func encode(_ x: Tensor, using pass: inout Pass) -> Tensor

  /// Data from codes: `[B, latentSize]` to `[B, ...dataShape]`, in the data's own range.
  func decode(_ z: Tensor, using pass: inout Pass) -> Tensor

  /// What training minimises on a batch.
  func objective(for batch: Batch, using pass: inout Pass) -> Objective

  /// The objectives of one training step in order; by default ``objective(for:using:)`` alone, moving every parameter.
  ///
  /// An adversarial family has several, each moving networks of its own.
  var objectives: [TrainingObjective<Self>] { get }

  /// Fits the model to data; by default by steps down the gradients of ``objectives``.
  ///
  /// A family with a closed form overrides it.
  ///
  /// - Returns: the course of the training.
  /// - Throws: ``TrainingError``, ``ModelError`` where the data does not suit the family, or a `TensorError`.
  func fit(
    to data: TrainingData, with trainer: Trainer,
    report: (TrainingProgress) throws -> TrainingControl
  ) throws -> TrainingHistory

  /// What an evaluation measures beside the losses, each the mean over the batch, `[]`; by default how far
  /// reconstructions are from the examples.
  func measures(of batch: Batch, using pass: inout Pass) -> [(name: String, value: Tensor)]

  /// What the networks compute beside encoding and decoding, for the graph in the checkpoint, so that every weight is read by
  /// some function; by default nothing, or a ``LatentVariableModel``'s distributions.
  ///
  /// - Parameter data: shape of one example.
  func furtherNetworks(for data: DataShape) -> [FurtherNetwork]

  /// Checks that data can be trained on, beyond its shape; by default anything finite can.
  ///
  /// - Throws: ``ModelError/dataDoesNotFit(family:reason:)``.
  func validate(_ data: Dataset) throws
}

extension ModelFamily {
  public static var presets: [String: Preset] { [:] }
  public static var defaultBackbone: String { "dense" }
  public static var takesTokens: Bool { false }
  public var prior: LatentPrior { .fitted }
  public var batchContents: BatchContents { [] }
  public func furtherNetworks(for data: DataShape) -> [FurtherNetwork] { [] }
  public var objectives: [TrainingObjective<Self>] {
    [
      TrainingObjective(
        "loss", moving: { $0.parameters },
        minimising: { model, batch, pass in model.objective(for: batch, using: &pass) })
    ]
  }
  public func validate(_ data: Dataset) throws {}

  public func fit(
    to data: TrainingData, with trainer: Trainer,
    report: (TrainingProgress) throws -> TrainingControl
  ) throws -> TrainingHistory {
    try trainer.descend(self, on: data, report: report)
  }

  public func measures(
    of batch: Batch, using pass: inout Pass
  ) -> [(name: String, value: Tensor)] {
    let x = batch.examples
    let y = reconstruct(batch, using: &pass)
    return [("squaredError", (y - x).squared().summedPerExample().mean())]
  }

  /// Data through code and back: `[B, ...dataShape]` to the same shape.
  public func reconstruct(_ x: Tensor, using pass: inout Pass) -> Tensor {
    decode(encode(x, using: &pass), using: &pass)
  }

  /// A batch through code and back, with its labels where the family cannot do without.
  public func reconstruct(_ batch: Batch, using pass: inout Pass) -> Tensor {
    guard let conditional = self as? any ConditionalModelFamily, !conditional.predictsLabels,
      let labels = batch.knownLabels
    else { return reconstruct(batch.examples, using: &pass) }
    let z = conditional.encode(batch.examples, labels: labels, using: &pass)
    return decode(z, using: &pass)
  }
}
