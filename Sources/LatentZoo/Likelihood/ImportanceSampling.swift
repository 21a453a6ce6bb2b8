/// Estimates the density of data under a latent variable model by samples of the codes' distributions.
///
/// `log p(x) ≈ log 1/K Σ p(x | zₖ) p(zₖ) / q(zₖ | x)` with `zₖ` drawn from `q(z | x)` (Rezende, Mohamed and Wierstra 2014,
/// https://arxiv.org/abs/1401.4082, appendix E; Burda et al. 2016, https://arxiv.org/abs/1509.00519). The estimate of
/// `p(x)` has no bias, so that of its logarithm is too low on average.
public struct ImportanceSampling {
  /// Samples for each example.
  public let sampleCount: Int
  private let engine: Engine

  /// Examples whose codes are drawn together.
  private static let batchSize = 500
  /// After so many epochs every warm-up is over.
  private static let lateEpoch: Float = 1e9

  /// Prepares an estimate.
  ///
  /// - Throws: ``TrainingError/badOption(name:found:requirement:)`` for fewer than one sample.
  public init(sampleCount: Int, on engine: Engine = .shared) throws(TrainingError) {
    guard sampleCount >= 1 else {
      throw .badOption(
        name: "number of importance samples", found: "\(sampleCount)",
        requirement: "must be at least 1")
    }
    self.sampleCount = sampleCount
    self.engine = engine
  }

  /// Estimates `-log p(x)` on data.
  ///
  /// - Parameters:
  ///   - model: the model, with its weights.
  ///   - dataset: the examples.
  ///   - indices: which examples; `nil` for all.
  ///   - seed: key of the samples.
  /// - Throws: ``ModelError`` where the data does not suit the model, ``TrainingError/noExamples(data:)``, `DatasetError` or
  ///   a `TensorError`.
  public func negativeLogLikelihood<Family: LatentVariableModel>(
    of model: Family, on dataset: Dataset, indices: [Int]? = nil, seed: UInt64
  ) throws -> NegativeLogLikelihood {
    try model.check(dataset)
    let count = indices?.count ?? dataset.count
    guard count > 0 else { throw TrainingError.noExamples(data: dataset.name) }
    let loader = try BatchLoader(
      dataset, indices: indices, batchSize: min(count, Self.batchSize), order: .listed, epochs: 1,
      contents: model.batchContents)
    let epoch = Storage(count: 1)
    epoch.withMutableFloats { $0[0] = Self.lateEpoch }
    var plans: [Int: Weighting] = [:]
    var (values, variances): ([Double], [Double]) = ([], [])
    while let batch = try loader.nextBatch() {
      let weighting = try plans[batch.count] ?? Weighting(model, dataset.shape, batch.count, engine)
      plans[batch.count] = weighting
      let first = UInt64(batch.position.batch * sampleCount)
      let means = try weighting.run(
        on: batch.storages + [epoch], steps: first..<first + UInt64(sampleCount), seed: seed)
      values += means.logMeans.map { -$0 }
      variances += means.variances
    }
    return NegativeLogLikelihood(values, samplingVariances: variances, sampleCount: sampleCount)
  }
}

/// The weights of samples for one size of batch: the distributions are computed once, the samples one at a time.
private struct Weighting {
  private let posterior: Plan
  private let weights: Plan
  private let count: Int

  init(
    _ model: some LatentVariableModel, _ data: DataShape, _ count: Int, _ engine: Engine
  ) throws {
    let inputs = BatchInputs(data, contents: model.batchContents, count: count)
    var pass = Pass.evaluation()
    let distribution = model.posterior(for: inputs.batch, using: &pass)
    posterior = try Plan(
      inputs: inputs.tensors, outputs: [distribution.mean, distribution.logVariance], on: engine)

    let mean = Tensor.input(distribution.mean.shape)
    let logVariance = Tensor.input(distribution.logVariance.shape)
    let proposal = DiagonalGaussian(mean: mean, logVariance: logVariance)
    pass = .evaluation(using: RandomSource(seed: 0).forked("importance samples"))
    let z = proposal.sample(using: &pass)
    let likelihood = model.negativeLogLikelihood(of: inputs.batch, given: z, using: &pass)
    let prior = model.negativeLogPrior(of: z, using: &pass)
    let logWeights = proposal.negativeLog(of: z) - likelihood - prior
    weights = try Plan(
      inputs: inputs.tensors + [mean, logVariance], outputs: [logWeights], on: engine)
    self.count = count
  }

  /// Draws a sample for each example in each step.
  func run(on batch: [Storage], steps: Range<UInt64>, seed: UInt64) throws -> RunningLogMean {
    try posterior.run(on: batch)
    let distribution = (0..<2).map { output in
      posterior.withOutput(output) { values in
        let storage = Storage(count: values.count)
        storage.withMutableFloats { _ = $0.update(fromContentsOf: values) }
        return storage
      }
    }
    var means = RunningLogMean(examples: count)
    for step in steps {
      try weights.run(on: batch + distribution, seed: seed, step: step)
      weights.withOutput(0) { means.add($0) }
    }
    return means
  }
}
