import LatentZoo

/// `x = W z + noise` with a proposal that is too wide and beside the posterior: its likelihood is known exactly, that of
/// a single sample is not.
struct LinearGaussian: LatentVariableModel {
  struct Configuration: ModelConfiguration {
    var latentSize = 2
    init() {}
    func validate() throws {}
  }

  static let card = Card(identifier: "linear-gaussian", title: "", summary: "")
  static let noise = 0.5
  let configuration: Configuration
  /// `[D, latentSize]`
  let loadings: Parameter
  var latentSize: Int { configuration.latentSize }

  init(
    _ configuration: Configuration, on backbone: any Backbone, using random: inout RandomSource
  ) throws {
    self.configuration = configuration
    loadings = Initializer.normal(0.7).parameter(
      [backbone.dataShape.featureCount, configuration.latentSize], using: &random)
  }

  init(loadings: NDArray) {
    configuration = Configuration()
    self.loadings = Parameter(loadings)
  }

  func posterior(for batch: Batch, using pass: inout Pass) -> DiagonalGaussian {
    let mean = encode(batch.examples, using: &pass)
    return DiagonalGaussian(mean: mean, logVariance: mean * 0)
  }

  func negativeLogLikelihood(
    of batch: Batch, given z: Tensor, using pass: inout Pass
  ) -> Tensor {
    .negativeLogDensity(
      of: batch.examples, mean: decode(z, using: &pass), variance: Self.noise)
  }

  func encode(_ x: Tensor, using pass: inout Pass) -> Tensor {
    .product(x, loadings.tensor) * 0.3
  }

  func decode(_ z: Tensor, using pass: inout Pass) -> Tensor {
    .product(z, loadings.tensor, transposingSecond: true)
  }

  func objective(for batch: Batch, using pass: inout Pass) -> Objective {
    Objective(loss: Tensor(0))
  }
}
