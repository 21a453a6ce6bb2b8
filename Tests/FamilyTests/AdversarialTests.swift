import AAEFamily
import AEFamily
import TestSupport
import Testing

@testable import LatentZoo

/// What is special to the adversarial autoencoders.
@Suite struct AdversarialTests {
  /// An untrained model with its record.
  private static func makeModel(
    _ family: String, _ settings: [String], data: Dataset
  ) throws -> Model {
    let registry = try FamilyTests.makeRegistry()
    let all = ["hiddenSizes=[64]"] + settings
    let specification = try registry.specification(
      for: family, settings: try all.map { try Setting(parsing: $0) }, data: data.signature)
    var random = RandomSource(seed: 1)
    let networks = try registry.makeModel(specification, using: &random)
    return Model(networks, record: .sample(specification, networks))
  }

  private static func train(_ model: Model, on data: Dataset, epochs: Int) throws {
    var options = TrainingOptions()
    (options.epochs, options.batchSize, options.learningRate) = (epochs, 32, 3e-3)
    let family = try #require(model.family)
    _ = try Trainer(options).train(family, on: TrainingData(data))
  }

  @Test("Each objective moves its own networks: no network is its own adversary")
  func movedNetworks() throws {
    let digits = try FamilyTests.digits()
    func moved<Family: ModelFamily>(_ family: Family) -> [String: Set<String>] {
      family.nameParameters()
      return Dictionary(
        uniqueKeysWithValues: family.objectives.map { objective in
          let networks = objective.parameters(family).map { $0.path.prefix { $0 != "/" } }
          return (objective.name, Set(networks.map(String.init)))
        })
    }
    let gaussian = try #require(try Self.makeModel("aae", [], data: digits).family)
    let plain = moved(gaussian)
    #expect(
      plain == [
        "reconstruct": ["encoder", "decoder"], "discriminate": ["discriminator"],
        "fool": ["encoder"],
      ])
    let labelled = try #require(
      try Self.makeModel("aae-semi-supervised", [], data: digits).family)
    let half = moved(labelled)
    #expect(
      half == [
        "reconstruct": ["encoder", "decoder"],
        "discriminate": ["styleDiscriminator", "classDiscriminator"], "fool": ["encoder"],
        "classify": ["encoder"],
      ])
  }

  @Test("Codes come to be distributed like the prior, as those of a plain autoencoder do not")
  func discrepancy() throws {
    let digits = try FamilyTests.digits(1000)
    let prior = LatentPrior.gaussianMixture(PetalMixture())
    func discrepancy(_ family: String, _ settings: [String]) throws -> Double {
      let model = try Self.makeModel(family, ["latentSize=2"] + settings, data: digits)
      try Self.train(model, on: digits, epochs: 30)
      let measured = try model.priorDiscrepancy(on: digits, from: prior, seed: 1)
      return try #require(measured).discrepancy.value
    }
    let plain = try discrepancy("ae", [])
    let adversarial = try discrepancy(
      "aae", ["prior=gaussianMixture", "discriminatorSizes=[64,64]"])
    #expect(adversarial < plain / 2, "\(adversarial) against \(plain)")
  }

  @Test("With labels each class finds its petal")
  func labelledPrior() throws {
    let digits = try FamilyTests.digits(1000)
    let labels = try #require(digits.labels)
    let model = try Self.makeModel(
      "aae-mixture", ["usesLabels=true", "discriminatorSizes=[64,64]"], data: digits)
    try Self.train(model, on: digits, epochs: 40)
    let codes = try model.encode(digits).scalars
    let centres = try model.sampleCodes(2000, labels: (0..<2000).map { $0 / 200 }, seed: 1)
    let means = (0..<10).map { label in
      let petal = centres.rows(200 * label..<200 * (label + 1)).scalars
      return (0..<2).map { axis in
        stride(from: axis, to: 400, by: 2).reduce(0) { $0 + petal[$1] } / 200
      }
    }
    let right = labels.indices.count { row in
      let distances = means.map { mean in
        (0..<2).reduce(0) {
          $0 + (codes[2 * row + $1] - mean[$1]) * (codes[2 * row + $1] - mean[$1])
        }
      }
      return distances.enumerated().min { $0.element < $1.element }?.offset == labels[row]
    }
    #expect(right > 700, "\(right) of 1000 codes lie nearest to the petal of their class")
  }

  @Test("Classes are learned from few labels, and unseen examples find theirs")
  func semiSupervised() throws {
    let digits = try FamilyTests.digits(1400)
    let shown = try digits.prefix(1000).hidingLabels(keeping: 100, seed: 1)
    let model = try Self.makeModel("aae-semi-supervised", ["discriminatorSizes=[64]"], data: shown)
    try Self.train(model, on: shown, epochs: 30)
    let measured = try model.metrics(on: digits, indices: Array(1000..<1400), seed: 1)
    let error = try #require(measured["classificationError"])
    #expect(error < 0.2, "\(error)")
  }

  @Test("Codes are found without a look at the labels, and drawn by them")
  func conditionalCodes() throws {
    let digits = try FamilyTests.digits(20)
    let model = try Self.makeModel("aae-semi-supervised", ["styleSize=2"], data: digits)
    #expect(try model.encode(digits) == model.encode(try digits.examples(0..<20)))
    let drawn = try model.sampleCodes(2, labels: [7, 0], seed: 1)
    #expect(Array(drawn.scalars[2..<12]) == [0, 0, 0, 0, 0, 0, 0, 1, 0, 0])
    #expect(Array(drawn.scalars[14..<24]) == [1, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    let unlabelled = try Self.makeModel("aae-mixture", [], data: digits)
    #expect {
      try unlabelled.sampleCodes(2, labels: [7, 0], seed: 1)
    } throws: { error in
      "\(error)".contains("not conditional")
    }
  }

  @Test(
    "Settings that cannot be are refused by name",
    arguments: [
      ("aae", ["prior=gaussianMixture"], "gaussianMixture prior does not fit codes of 8 elements"),
      ("aae", ["prior=fitted"], "\"prior\" must be one to train towards"),
      ("aae", ["prior=gauss"], "\"prior\" is one of standardNormal, uniform"),
      ("aae", ["usesLabels=true"], "\"usesLabels\" needs a prior with classes"),
      (
        "aae-mixture", ["usesLabels=true", #"prior={"kind":"gaussianMixture","components":9}"#],
        "it has 10 classes and the prior only 9"
      ),
    ])
  func refusals(_ family: String, _ settings: [String], _ message: String) throws {
    let digits = try FamilyTests.digits(10)
    #expect {
      try Self.makeModel(family, settings, data: digits)
    } throws: { error in
      "\(error)".contains(message)
    }
  }

  @Test("The semi-supervised form needs classes")
  func noClasses() throws {
    let data = Dataset(
      name: "plain", shape: DataShape([4]), floats: [0, 1, 0, 1], origin: DataOrigin(source: "x"))
    #expect {
      try Self.makeModel("aae-semi-supervised", [], data: data)
    } throws: { error in
      "\(error)".contains("needs labels of two classes or more")
    }
  }
}
