import LatentZoo
import TestSupport
import Testing
import VAEFamily

@Suite struct VariationalTests {
  private func model(_ settings: [String], data: Dataset) throws -> VariationalAutoencoder {
    let registry = try FamilyTests.makeRegistry()
    let settings = try (["latentSize=2"] + settings).map { try Setting(parsing: $0) }
    let specification = try registry.specification(
      for: "vae", backbone: "linear", settings: settings, data: data.signature)
    var random = RandomSource(seed: 1)
    return try #require(
      try registry.makeModel(specification, using: &random) as? VariationalAutoencoder)
  }

  /// Examples of four elements around 1 whose noise has a known deviation each.
  private func noisy(_ deviations: [Double]) -> Dataset {
    var random = RandomSource(seed: 2)
    let floats = (0..<2000).flatMap { _ in deviations.map { Float(1 + random.normal() * $0) } }
    return Dataset(
      name: "noisy", shape: DataShape([deviations.count]), floats: floats,
      origin: DataOrigin(source: "test"))
  }

  private func train(_ model: VariationalAutoencoder, _ data: Dataset) throws {
    var options = TrainingOptions()
    (options.epochs, options.batchSize, options.learningRate) = (80, 100, 2e-2)
    // A variance that depends on a code of noise has gradients with heavy tails.
    options.clipping = .norm(5)
    options.schedule = LearningRateSchedule(.cosine)
    try Trainer(options).train(model, on: TrainingData(data))
  }

  @Test("A shared variance ends at the data's where the code tells nothing")
  func sharedVariance() throws {
    let data = noisy([0.3, 0.3, 0.3, 0.3])
    let model = try model(
      ["likelihood=gaussian", "variance=shared", "beta=50"], data: data)
    try train(model, data)
    let logVariance = try #require(model.observation.logVariance)
    #expect(abs(logVariance.value.scalars[0] - 2 * Float(-1.204)) < 0.1)
  }

  @Test("A variance for each element finds that of each")
  func variances() throws {
    let deviations = [0.1, 0.3, 0.9, 2]
    let data = noisy(deviations)
    let model = try model(
      ["likelihood=gaussian", "variance=perElement", "beta=50"], data: data)
    try train(model, data)
    var pass = Pass.evaluation()
    let output = try model.decoder(
      Tensor(NDArray(repeating: 0, shape: [1, 2])), using: &pass
    ).evaluated().scalars
    for (element, deviation) in deviations.enumerated() {
      let found = output[4 + element] / 2
      #expect(
        abs(Double(found) - [-2.303, -1.204, -0.105, 0.693][element]) < 0.15,
        "\(deviation): \(output)")
    }
  }

  @Test("The likelihood is estimated to be better than the bound")
  func likelihood() throws {
    let data = try FamilyTests.digits(100)
    let model = try model([], data: data)
    let estimate = try ImportanceSampling(sampleCount: 100)
      .negativeLogLikelihood(of: model, on: data, seed: 1)
    let bound = try Evaluator(model, data: data.shape).losses(on: data, seed: 1)["loss"]
    #expect(estimate.mean < (try #require(bound)))
  }

  @Test("A learned variance asks for a Gaussian")
  func validation() throws {
    #expect {
      _ = try model(["variance=shared"], data: try FamilyTests.digits())
    } throws: {
      "\($0)" == "setting \"variance\" needs likelihood=gaussian, got shared"
    }
  }
}
