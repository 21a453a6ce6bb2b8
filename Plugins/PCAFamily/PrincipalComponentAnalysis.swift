import LatentZoo

/// Principal component analysis (Hotelling 1933, https://doi.org/10.1037/h0071325): the linear map that loses least.
///
/// The code is `W (x - mean)`, the rows of `W` being the directions of greatest variance, in order; data comes back as
/// `mean + Wᵀ z`. A closed form: training's epochs, batches and rates are not looked at.
public struct PrincipalComponentAnalysis: ModelFamily {
  /// The settings of a principal component analysis.
  public struct Configuration: ModelConfiguration {
    /// Number of components.
    public var latentSize = 30
    /// Whether codes are divided by their standard deviations.
    public var whitens = false

    public init() {}

    public static let settings: [SettingDescription] = [
      .init("latentSize", "number of components", .within(1...Double(SampleMoments.mostElements))),
      .init("whitens", "whether codes are divided by their standard deviations"),
    ]
  }

  public static let card = Card(
    identifier: "pca", title: "Principal component analysis",
    summary: "the linear code that loses least, in closed form",
    paper: Paper(
      authors: "Hotelling", year: 1933,
      title: "Analysis of a complex of statistical variables into principal components",
      url: "https://doi.org/10.1037/h0071325"))
  public static var defaultBackbone: String { "linear" }

  public let configuration: Configuration
  /// `[D]`
  public let mean: Parameter
  /// Orthonormal rows, `[latentSize, D]`.
  public let components: Parameter
  /// The variance of each element of the code before it is whitened, `[latentSize]`.
  public let explainedVariance: Parameter
  private let dataShape: DataShape
  public var latentSize: Int { configuration.latentSize }

  public init(
    _ configuration: Configuration, on backbone: any Backbone, using random: inout RandomSource
  ) throws {
    try Self.requireLinear(backbone)
    let size = backbone.featureSize
    guard configuration.latentSize <= size else {
      throw Self.unfit(
        "its examples have \(size) elements; use --set latentSize=\(size) or less")
    }
    self.configuration = configuration
    dataShape = backbone.dataShape
    mean = Initializer.zeros.parameter([size], using: &random)
    components = Initializer.xavierNormal.parameter(
      [configuration.latentSize, size], using: &random)
    explainedVariance = Initializer.ones.parameter([configuration.latentSize], using: &random)
  }

  public func encode(_ x: Tensor, using pass: inout Pass) -> Tensor {
    let z = Tensor.product(
      x.flattened() - mean.tensor, components.tensor, transposingSecond: true)
    return configuration.whitens ? z / explainedVariance.tensor.squareRoot() : z
  }

  public func decode(_ z: Tensor, using pass: inout Pass) -> Tensor {
    let z = configuration.whitens ? z * explainedVariance.tensor.squareRoot() : z
    return Tensor.product(z, components.tensor, bias: mean.tensor)
      .reshaped(to: dataShape.batched(z.shape[0]))
  }

  public func objective(for batch: Batch, using pass: inout Pass) -> Objective {
    let y = reconstruct(batch.examples, using: &pass)
    return Objective(
      reconstruction: ReconstructionLoss.squaredError(of: y, target: batch.examples))
  }

  public func fit(
    to data: TrainingData, with trainer: Trainer,
    report: (TrainingProgress) throws -> TrainingControl
  ) throws -> TrainingHistory {
    var log = IterationLog(self, on: data, with: trainer, limit: 1)
    let found = try PrincipalComponents(of: data, count: latentSize, on: trainer.engine)
    mean.value = NDArray(found.mean.map { Float($0) }, shape: mean.shape)
    components.value = found.directions.array
    explainedVariance.value = NDArray(
      found.variances.map { Float($0) }, shape: explainedVariance.shape)
    let explained = found.variances.reduce(0, +)
    let lost = max(found.totalVariance - explained, 0)
    _ = try log.record(
      [
        ("loss", lost * Double(data.count - 1) / Double(data.count)),
        ("explainedShare", explained / found.totalVariance),
      ], report: report)
    return log.history
  }

  static func unfit(_ reason: String) -> ModelError {
    .dataDoesNotFit(family: card.identifier, reason: reason)
  }
}
