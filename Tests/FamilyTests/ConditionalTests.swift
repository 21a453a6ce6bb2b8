import CVAEFamily
import Foundation
import LatentZoo
import TestSupport
import Testing

@Suite struct ConditionalTests {
  private func model(
    _ settings: [Setting], data: Dataset, epochs: Int = 0
  ) throws -> Model {
    let registry = try FamilyTests.makeRegistry()
    let small = [Setting(key: "hiddenSizes", value: [32]), Setting(key: "styleSize", value: 3)]
    let specification = try registry.specification(
      for: "cvae", settings: small + settings, data: data.signature)
    var random = RandomSource(seed: 1)
    let made = try registry.makeModel(specification, using: &random)
    let family = try #require(made as? ConditionalVariationalAutoencoder)
    if epochs > 0 {
      var options = TrainingOptions()
      (options.epochs, options.batchSize, options.learningRate) = (epochs, 50, 1e-2)
      try Trainer(options).train(family, on: TrainingData(data))
    }
    return Model(family, record: .sample(specification, family))
  }

  @Test("A code ends with the class, and the decoder listens to it")
  func codes() throws {
    let data = try FamilyTests.digits(200)
    let model = try model([], data: data, epochs: 15)
    let labels = try #require(data.labels)
    let codes = try model.encode(
      try data.examples(0..<5), labels: Array(labels[0..<5]))
    #expect(codes.shape == [5, 13])
    for row in 0..<5 {
      let classes = Array(codes.rows(row..<row + 1).scalars[3...])
      #expect(classes == (0..<10).map { $0 == labels[row] ? 1 : 0 })
    }
    let (zeros, ones) = (
      try model.sample(8, labels: Array(repeating: 0, count: 8), seed: 1),
      try model.sample(8, labels: Array(repeating: 1, count: 8), seed: 1)
    )
    let distance = zip(zeros.scalars, ones.scalars).reduce(Float(0)) { $0 + abs($1.0 - $1.1) }
    #expect(distance / 8 > 4, "samples of two classes differ by \(distance / 8) each")
  }

  @Test("Without a label predictor labels must be given; with one they are found")
  func prediction() throws {
    let data = try FamilyTests.digits(300)
    let examples = try data.examples(0..<300)
    let blind = try model([], data: data)
    #expect {
      _ = try blind.encode(examples)
    } throws: {
      "\($0)" == "test-model needs the class of each example: give data with labels"
    }
    let seeing = try model(
      [Setting(key: "predictsLabels", value: true), Setting(key: "styleSize", value: 10)],
      data: data, epochs: 20)
    let codes = try seeing.encode(examples)
    let labels = try #require(data.labels)
    let hits = (0..<300).filter { codes.scalars[$0 * 20 + 10 + labels[$0]] == 1 }.count
    #expect(hits > 270, "\(hits) of 300 classes were found")
  }

  @Test("Data without labels, or with hidden ones, is refused")
  func refusals() throws {
    let data = try FamilyTests.digits(100)
    let unlabelled = Dataset(
      name: "plain", shape: DataShape([4]), floats: [0, 1, 0, 1], origin: DataOrigin(source: "x"))
    #expect {
      _ = try model([], data: unlabelled)
    } throws: {
      "\($0)"
        == "cvae cannot train on this data: it needs the class of each example; give data with labels"
    }
    #expect {
      _ = try model([], data: data.hidingLabels(keeping: 20, seed: 1), epochs: 1)
    } throws: {
      "\($0)" == "cvae cannot train on this data: some of its labels are hidden; leave --labels out"
    }
  }

  @Test("The likelihood given the class is estimated, and is better than the bound")
  func likelihood() throws {
    let data = try FamilyTests.digits(100)
    let model = try model([], data: data, epochs: 5)
    let estimate = try model.negativeLogLikelihood(
      on: data, using: try ImportanceSampling(sampleCount: 50), seed: 1)
    let loss = try #require(try model.metrics(on: data, seed: 1)["loss"])
    #expect(estimate.mean.isFinite && estimate.mean < loss)
  }
}
