import Foundation
import TestSupport
import Testing

@testable import LatentZoo

@Suite struct ImportanceSamplingTests {
  private let count = 40
  private let size = 5

  private func model() -> (LinearGaussian, Dataset) {
    var random = RandomSource(seed: 3)
    let loadings = Initializer.normal(0.7).values([size, 2], using: &random)
    let floats = (0..<count * size).map { _ in Float(random.normal()) }
    let data = Dataset(
      name: "normal", shape: DataShape([size]), floats: floats, origin: DataOrigin(source: "test"))
    return (LinearGaussian(loadings: loadings), data)
  }

  /// The mean of `-log N(x; 0, W Wᵀ + noise)`.
  private func exact(_ model: LinearGaussian, _ data: Dataset) throws -> Double {
    let loadings = Matrix(model.loadings.value)
    let covariance = try Matrix.product(loadings, loadings, transposingSecond: true)
      .addingToDiagonal(LinearGaussian.noise)
    let cholesky = try CholeskyDecomposition(of: covariance)
    let x = Matrix(try data.examples(0..<count))
    let solved = try cholesky.solve(x)
    let distances = zip(x.values, solved.values).reduce(0) { $0 + $1.0 * $1.1 }
    let constant = Double(size) * log(2 * .pi) + cholesky.logDeterminant
    return 0.5 * (constant + distances / Double(count))
  }

  @Test("The estimate meets the exact likelihood of a linear Gaussian model within its error")
  func linearGaussian() throws {
    let (model, data) = model()
    let exact = try exact(model, data)
    for seed in [1, 2, 3] as [UInt64] {
      let estimate = try ImportanceSampling(sampleCount: 5000)
        .negativeLogLikelihood(of: model, on: data, seed: seed)
      #expect(estimate.samplingError > 1e-4 && estimate.samplingError < 0.02)
      #expect(abs(estimate.mean - exact) < 4 * estimate.samplingError)
      #expect(estimate.sampleCount == 5000 && estimate.count == count)
    }
  }

  @Test("Few samples give too high a value on average, and a single one the bound")
  func bias() throws {
    let (model, data) = model()
    let exact = try exact(model, data)
    let means = try [1, 5, 50].map { sampleCount in
      try (0..<30).reduce(0.0) { sum, seed in
        let estimate = try ImportanceSampling(sampleCount: sampleCount)
          .negativeLogLikelihood(of: model, on: data, seed: UInt64(seed))
        return sum + estimate.mean / 30
      }
    }
    #expect(means[0] > means[1] + 0.05 && means[1] > means[2] && means[2] > exact - 0.01)
  }

  @Test("The same seed gives the same estimate, whatever the batches; another seed another")
  func seeds() throws {
    let (model, data) = model()
    func estimate(_ seed: UInt64) throws -> NegativeLogLikelihood {
      try ImportanceSampling(sampleCount: 20)
        .negativeLogLikelihood(of: model, on: data, seed: seed)
    }
    #expect(try estimate(1) == estimate(1))
    #expect(try estimate(1).mean != estimate(2).mean)
  }

  @Test("The standard error is that of the mean over the examples")
  func standardError() {
    let estimate = NegativeLogLikelihood(
      [1, 2, 3, 6], samplingVariances: [0.04, 0, 0.05, 0.16], sampleCount: 7)
    #expect(estimate.mean == 3)
    #expect(abs(estimate.standardError - (14.0 / 3 / 4).squareRoot()) < 1e-12)
    #expect(abs(estimate.samplingError - 0.5 / 4) < 1e-12)
  }

  @Test("Running means of weights far beyond what numbers can hold are exact")
  func runningMean() {
    let logWeights: [[Float]] = [[-2000, 700], [-2001, -700], [-1999.5, 699]]
    var means = RunningLogMean(examples: 2)
    for weights in logWeights { weights.withUnsafeBufferPointer { means.add($0) } }
    for example in 0..<2 {
      let values = logWeights.map { Double($0[example]) }
      let greatest = values.max() ?? 0
      let weights = values.map { exp($0 - greatest) }
      let mean = weights.reduce(0, +) / 3
      #expect(abs(means.logMeans[example] - greatest - log(mean)) < 1e-12)
      let variance = weights.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3
      #expect(abs(means.variances[example] - variance / (mean * mean) / 3) < 1e-12)
    }
  }

  @Test("No samples are too few")
  func noSamples() {
    #expect {
      _ = try ImportanceSampling(sampleCount: 0)
    } throws: {
      "\($0)" == "the number of importance samples must be at least 1, got 0"
    }
  }

  @Test("Free bits count as the least divergence of an element, over the batch")
  func freeBits() throws {
    let reconstruction = Tensor(NDArray([1, 3], shape: [2]))
    let divergences = Tensor(NDArray([0, 1, 0.2, 2], shape: [2, 2]))
    for (bits, counted) in [(0.0, 1.6), (0.05, 1.6), (0.5, 2), (2, 4)] {
      let objective = Objective(
        reconstruction: reconstruction, divergences: divergences, weight: 0.5, freeBits: bits)
      let values = try Tensor.evaluated([objective.loss] + objective.terms.map(\.value))
      expectClose(
        values.map { $0.scalars[0] }, [2 + 0.5 * counted, 2, 1.6], tolerance: 1e-6)
    }
  }
}
