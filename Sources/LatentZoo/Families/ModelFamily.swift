/// An autoencoder architecture; its instances are models.
///
/// A conforming type gives a configuration, a card, networks as stored properties, `encode`, `decode` and an objective.
/// Training, saving, loading, sampling and the command line follow from those.
public protocol ModelFamily: Module, SendableMetatype {
  associatedtype Configuration: ModelConfiguration
  /// What the registry shows.
  static var card: Card { get }
  /// Named choices of settings; by default none.
  static var presets: [String: Preset] { get }
  /// The backbone a model is built on unless another is asked for; by default `dense`.
  static var defaultBackbone: String { get }
  /// Where codes to decode come from when nothing was encoded; by default a density fitted on the training codes.
  static var prior: LatentPrior { get }

  /// The settings, as the checkpoint records them.
  var configuration: Configuration { get }
  /// Number of elements of a code.
  var latentSize: Int { get }

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
  static var objectives: [TrainingObjective<Self>] { get }

  /// Checks that data can be trained on, beyond its shape; by default anything finite can.
  ///
  /// - Throws: ``ModelError/dataDoesNotFit(family:reason:)``.
  func validate(_ data: Dataset) throws
}

extension ModelFamily {
  public static var presets: [String: Preset] { [:] }
  public static var defaultBackbone: String { "dense" }
  public static var prior: LatentPrior { .fitted }
  public static var objectives: [TrainingObjective<Self>] {
    [
      TrainingObjective(
        "loss", moving: { $0.parameters },
        minimising: { model, batch, pass in model.objective(for: batch, using: &pass) })
    ]
  }
  public func validate(_ data: Dataset) throws {}

  /// Data through code and back: `[B, ...dataShape]` to the same shape.
  public func reconstruct(_ x: Tensor, using pass: inout Pass) -> Tensor {
    decode(encode(x, using: &pass), using: &pass)
  }
}

/// An encoder: features of a backbone, and the head a family puts on them.
public struct EncoderNetwork<Head: Module>: Module {
  /// `[B, ...dataShape]` to `[B, featureSize]`
  public let features: any Layer
  /// From features to a code, or to what describes one.
  public let head: Head

  /// Joins features and head.
  public init(features: any Layer, head: Head) {
    self.features = features
    self.head = head
  }
}

/// Mean and logarithm of the variance of a code from features, each by a linear layer.
public struct GaussianHead: Module {
  /// `[B, featureSize]` to `[B, latentSize]`
  public let mean: Linear
  /// `[B, featureSize]` to `[B, latentSize]`
  public let logVariance: Linear

  /// Makes a head with initial values.
  public init(inputSize: Int, latentSize: Int, using random: inout RandomSource) {
    mean = Linear(inputSize: inputSize, outputSize: latentSize, using: &random)
    logVariance = Linear(inputSize: inputSize, outputSize: latentSize, using: &random)
  }

  /// The distribution of each example's code.
  public func callAsFunction(_ features: Tensor, using pass: inout Pass) -> DiagonalGaussian {
    DiagonalGaussian(
      mean: mean(features, using: &pass), logVariance: logVariance(features, using: &pass))
  }
}
