import FactorAnalysisFamily
import Foundation
import LatentZoo
import TestSupport
import Testing

@Suite struct FactorAnalysisTests {
  private static let (size, factors) = (6, 2)

  /// `x = mean + W z + noise` with known `W`.
  private static func generated(_ count: Int) -> Dataset {
    var random = RandomSource(seed: 9)
    let loadings: [Double] = [2, 0, 1, 1, 0, 1.5, -1, 0.5, 0.5, 0.5, 0, 0]
    var floats: [Float] = []
    for _ in 0..<count {
      let z = (0..<factors).map { _ in random.normal() }
      for element in 0..<size {
        let mean = loadings[element * 2] * z[0] + loadings[element * 2 + 1] * z[1]
        let noise = random.normal() * (0.3 + 0.1 * Double(element))
        floats.append(Float(Double(element) + mean + noise))
      }
    }
    return Dataset(
      name: "factors", shape: DataShape([size]), floats: floats, origin: DataOrigin(source: "test"))
  }

  private func fitted(
    _ data: Dataset, latentSize: Int = factors, _ settings: [Setting] = []
  ) throws -> (model: FactorAnalysis, history: TrainingHistory) {
    let registry = try FamilyTests.makeRegistry()
    let specification = try registry.specification(
      for: "factor-analysis",
      settings: [Setting(key: "latentSize", value: .integer(latentSize))] + settings,
      data: data.signature)
    var random = RandomSource(seed: 1)
    let made = try registry.makeModel(specification, using: &random)
    let model = try #require(made as? FactorAnalysis)
    let history = try Trainer(TrainingOptions()).train(model, on: TrainingData(data))
    return (model, history)
  }

  /// The covariance the model gives data.
  private func covariance(_ model: FactorAnalysis) throws -> Matrix {
    let loadings = Matrix(model.loadings.value)
    var covariance = try Matrix.product(loadings, loadings, transposingSecond: true)
    for (element, noise) in model.noiseVariance.value.scalars.enumerated() {
      covariance[element, element] += Double(noise)
    }
    return covariance
  }

  /// `-log p(x)` of each example, by a Cholesky factor of the whole covariance.
  private func exact(_ model: FactorAnalysis, _ data: Dataset) throws -> [Double] {
    let size = data.shape.featureCount
    let cholesky = try CholeskyDecomposition(of: try covariance(model))
    let mean = model.mean.value.scalars.map(Double.init)
    let x = try data.examples(0..<data.count).scalars.map(Double.init)
    let centred = Matrix(
      x.indices.map { x[$0] - mean[$0 % size] }, rows: data.count, columns: size)
    let solved = try cholesky.solve(centred)
    return (0..<data.count).map { row in
      let distance = (0..<size).reduce(0) { $0 + centred[row, $1] * solved[row, $1] }
      return 0.5 * (Double(size) * log(2 * .pi) + cholesky.logDeterminant + distance)
    }
  }

  @Test("EM never loses likelihood, and ends at the covariance that generated the data")
  func recovery() throws {
    let data = Self.generated(20_000)
    let (model, history) = try fitted(data, [Setting(key: "tolerance", value: 1e-7)])
    let losses = history.epochs.compactMap { $0.training["loss"] }
    #expect(losses.count > 2)
    for (former, next) in zip(losses, losses.dropFirst()) { #expect(next <= former + 1e-9) }
    let found = try covariance(model)
    let moments = try SampleMoments(of: TrainingData(data), on: .shared)
    for (ours, sample) in zip(found.values, moments.covariance.values) {
      #expect(abs(ours - sample) < 0.03)
    }
    let noise = model.noiseVariance.value.scalars
    for element in 2..<Self.size {
      #expect(abs(noise[element].squareRoot() - Float(0.3 + 0.1 * Double(element))) < 0.05)
    }
  }

  @Test("The loss is the exact negative log-likelihood")
  func exactLikelihood() throws {
    let data = Self.generated(300)
    let (model, history) = try fitted(data)
    let expected = try exact(model, data).reduce(0, +) / Double(data.count)
    let measured = try Evaluator(model, data: data.shape).losses(on: data, seed: 1)
    #expect(abs(try #require(measured["loss"]) - expected) < 1e-4)
    #expect(abs(try #require(history.epochs.last?.training["loss"]) - expected) < 1e-4)
  }

  @Test("The codes' distribution is the posterior, so that a single sample gives the likelihood")
  func posterior() throws {
    let data = Self.generated(100)
    let (model, _) = try fitted(data)
    let exact = try exact(model, data).reduce(0, +) / Double(data.count)
    let estimate = try ImportanceSampling(sampleCount: 1)
      .negativeLogLikelihood(of: model, on: data, seed: 1)
    #expect(abs(estimate.mean - exact) < 1e-4)
  }

  @Test("Codes fall in variance, and those of digits with pixels that never vary are finite")
  func order() throws {
    let data = try FamilyTests.digits(500)
    let (model, history) = try fitted(
      data, latentSize: 6, [Setting(key: "iterations", value: 40)])
    #expect(history.epochs.count <= 40)
    var pass = Pass.evaluation()
    let z = Matrix(
      try model.encode(Tensor(try data.examples(0..<500)), using: &pass).evaluated())
    let variances = (0..<6).map { column in
      (0..<500).reduce(0) { $0 + z[$1, column] * z[$1, column] } / 500
    }
    #expect(variances.allSatisfy { $0.isFinite && $0 <= 1.05 })
    // In order up to what is left to gain when EM ends.
    for (former, next) in zip(variances, variances.dropFirst()) { #expect(next < former + 0.01) }
  }

  @Test("More factors than elements or examples are refused")
  func refusals() throws {
    func message(_ data: Dataset, _ latentSize: Int) -> String {
      do {
        _ = try fitted(data, latentSize: latentSize)
        return "fitted"
      } catch { return "\(error)" }
    }
    #expect(
      message(Self.generated(20), 6)
        == "factor-analysis cannot train on this data: its examples have 6 elements, more than "
        + "latentSize=6 and at most 8192 are needed")
    #expect(
      message(Self.generated(3), 4)
        == "factor-analysis cannot train on this data: it has 3 examples; 4 factors need more")
  }
}
