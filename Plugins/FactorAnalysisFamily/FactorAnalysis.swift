import LatentZoo

/// Factor analysis (Spearman 1904; maximum likelihood by EM, Rubin and Thayer 1982): few normal factors and a noise of
/// its own for each element, `x = mean + W z + noise`.
///
/// The code is the mean of `p(z | x)`. Factors are turned so that the elements of a code are independent given the data and
/// the one that varies most comes first. Training's epochs, batches and rates are not looked at.
public struct FactorAnalysis: LatentVariableModel {
  /// The settings of a factor analysis.
  public struct Configuration: ModelConfiguration {
    /// Number of factors.
    public var latentSize = 10
    /// Most steps of EM.
    public var iterations = 500
    /// EM ends when a step gains less than this, nats per example.
    public var tolerance = 1e-3
    /// No element's noise has less variance; elements that never vary would otherwise have an infinite density.
    public var leastNoise = 1e-6

    public init() {}

    public static let settings: [SettingDescription] = [
      .init("latentSize", "number of factors", .within(1...Double(SampleMoments.mostElements - 1))),
      .init("iterations", "most steps of EM", .atLeast(1)),
      .init("tolerance", "EM ends when a step gains less than this, nats per example", .atLeast(0)),
      .init("leastNoise", "least variance of an element's noise", .above(0)),
    ]
  }

  public static let card = Card(
    identifier: "factor-analysis", title: "Factor analysis",
    summary: "few normal factors, and noise of its own for each element",
    paper: Paper(
      authors: "Rubin and Thayer", year: 1982, title: "EM algorithms for ML factor analysis",
      url: "https://doi.org/10.1007/BF02293851"))
  public static var defaultBackbone: String { "linear" }

  public let configuration: Configuration
  /// `[D]`
  public let mean: Parameter
  /// `W`, `[D, latentSize]`.
  public let loadings: Parameter
  /// The variance of each element's noise, `[D]`.
  public let noiseVariance: Parameter
  private let dataShape: DataShape
  public var latentSize: Int { configuration.latentSize }
  public var prior: LatentPrior { .standardNormal }

  public init(
    _ configuration: Configuration, on backbone: any Backbone, using random: inout RandomSource
  ) throws {
    try Self.requireLinear(backbone)
    let size = backbone.featureSize
    guard configuration.latentSize < size, size <= SampleMoments.mostElements else {
      throw Self.unfit(
        "its examples have \(size) elements, more than latentSize=\(configuration.latentSize) and "
          + "at most \(SampleMoments.mostElements) are needed")
    }
    self.configuration = configuration
    dataShape = backbone.dataShape
    mean = Initializer.zeros.parameter([size], using: &random)
    loadings = Initializer.xavierNormal.parameter([size, configuration.latentSize], using: &random)
    noiseVariance = Initializer.ones.parameter([size], using: &random)
  }

  /// `Wᵀ Ψ⁻¹ (x - mean)`, `[B, latentSize]`.
  private func projected(_ x: Tensor) -> Tensor {
    .product((x.flattened() - mean.tensor) / noiseVariance.tensor, loadings.tensor)
  }

  /// `1 + diag(Wᵀ Ψ⁻¹ W)`: one over the variance of each element of a code, `[latentSize]`.
  private var precision: Tensor {
    let weighted = loadings.tensor.squared() / noiseVariance.tensor.unsqueezed(axis: 1)
    return weighted.sum(axes: [0]) + 1
  }

  public func posterior(for batch: Batch, using pass: inout Pass) -> DiagonalGaussian {
    let mean = encode(batch.examples, using: &pass)
    return DiagonalGaussian(mean: mean, logVariance: (-precision.log()).expanded(to: mean.shape))
  }

  public func negativeLogLikelihood(
    of batch: Batch, given z: Tensor, using pass: inout Pass
  ) -> Tensor {
    .negativeLogDensity(
      of: batch.examples.flattened(), mean: decode(z, using: &pass).flattened(),
      logVariance: noiseVariance.tensor.log())
  }

  public func encode(_ x: Tensor, using pass: inout Pass) -> Tensor { projected(x) / precision }

  public func decode(_ z: Tensor, using pass: inout Pass) -> Tensor {
    Tensor.product(z, loadings.tensor, transposingSecond: true, bias: mean.tensor)
      .reshaped(to: dataShape.batched(z.shape[0]))
  }

  /// `-log p(x)`, which is exact: the covariance is inverted as `Ψ⁻¹ - Ψ⁻¹ W M⁻¹ Wᵀ Ψ⁻¹`, `M = I + Wᵀ Ψ⁻¹ W`.
  public func objective(for batch: Batch, using pass: inout Pass) -> Objective {
    let independent = Tensor.negativeLogDensity(
      of: batch.examples.flattened(), mean: mean.tensor, logVariance: noiseVariance.tensor.log())
    let shared = (projected(batch.examples).squared() / precision).summedPerExample()
    return Objective(reconstruction: independent + (precision.log().sum() - shared) * 0.5)
  }

  public func fit(
    to data: TrainingData, with trainer: Trainer,
    report: (TrainingProgress) throws -> TrainingControl
  ) throws -> TrainingHistory {
    guard data.count > latentSize else {
      throw Self.unfit("it has \(data.count) examples; \(latentSize) factors need more")
    }
    var log = IterationLog(self, on: data, with: trainer, limit: configuration.iterations)
    let moments = try SampleMoments(of: data, on: trainer.engine)
    mean.value = NDArray(moments.mean.map { Float($0) }, shape: mean.shape)
    var model = try FactorModel(
      closestTo: moments.covariance, count: latentSize, leastNoise: configuration.leastNoise)
    var former = -Double.infinity
    for _ in 0..<configuration.iterations {
      let (likelihood, next) = try model.step(towards: moments.covariance)
      try keep(model)
      let control = try log.record([("loss", -likelihood)], report: report)
      guard control == .proceed, likelihood - former >= configuration.tolerance else { break }
      (former, model) = (likelihood, next)
    }
    return log.history
  }

  private func keep(_ model: FactorModel) throws {
    let model = try model.ordered
    loadings.value = model.loadings.array
    noiseVariance.value = NDArray(model.noise.map { Float($0) }, shape: noiseVariance.shape)
  }

  private static func unfit(_ reason: String) -> ModelError {
    .dataDoesNotFit(family: card.identifier, reason: reason)
  }
}
