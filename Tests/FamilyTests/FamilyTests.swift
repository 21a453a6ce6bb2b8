import AAEFamily
import AEFamily
import CVAEFamily
import ConvolutionalBackbone
import DenseBackbone
import FactorAnalysisFamily
import LatentZoo
import LinearBackbone
import PCAFamily
import QuickThoughtFamily
import RecurrentBackbone
import ResidualBackbone
import SequenceFamily
import SkipThoughtFamily
import TestSupport
import Testing
import VAEFamily

/// Every family of the package, held to the laws all obey.
@Suite struct FamilyTests {
  static func makeRegistry() throws -> Registry {
    let registry = Registry()
    try registry.register(AdversarialAutoencoder.self, provider: "LatentZoo")
    try registry.register(Autoencoder.self, provider: "LatentZoo")
    try registry.register(ConditionalVariationalAutoencoder.self, provider: "LatentZoo")
    try registry.register(FactorAnalysis.self, provider: "LatentZoo")
    try registry.register(PrincipalComponentAnalysis.self, provider: "LatentZoo")
    try registry.register(QuickThought.self, provider: "LatentZoo")
    try registry.register(SequenceAutoencoder.self, provider: "LatentZoo")
    try registry.register(SkipThought.self, provider: "LatentZoo")
    try registry.register(VariationalAutoencoder.self, provider: "LatentZoo")
    try registry.register(backbone: Convolutional.self, provider: "LatentZoo")
    try registry.register(backbone: Dense.self, provider: "LatentZoo")
    try registry.register(backbone: LinearMaps.self, provider: "LatentZoo")
    try registry.register(backbone: Recurrent.self, provider: "LatentZoo")
    try registry.register(backbone: Residual.self, provider: "LatentZoo")
    try registry.register(
      SemiSupervisedAdversarialAutoencoder.self, provider: "LatentZoo")
    return registry
  }

  static func digits(_ count: Int = 50) throws -> Dataset {
    try DataSource(parsing: "digits").open().train.prefix(count)
  }

  private func check<Family: ModelFamily>(_ family: Family.Type, _ settings: [String]) throws {
    try checkModelFamily(
      family, registry: try Self.makeRegistry(),
      settings: try (["hiddenSizes=[12]", "latentSize=3"] + settings).map {
        try Setting(parsing: $0)
      }, data: try Self.digits())
  }

  @Test(
    "The autoencoder is a well-behaved family",
    arguments: [
      ["loss=binaryCrossEntropy"], ["loss=squaredError"],
      ["loss=squaredError", "outputActivation=identity", "activation=tanh"],
      ["hiddenSizes=[]"], ["hiddenSizes=[9,8,7]", "dropout=0.2", "activation=gelu"],
    ])
  func autoencoder(_ settings: [String]) throws {
    try check(Autoencoder.self, settings)
  }

  @Test(
    "The variational autoencoder is a well-behaved family",
    arguments: [
      ["likelihood=bernoulli"], ["likelihood=gaussian", "outputVariance=0.1"],
      ["likelihood=gaussian", "variance=shared"], ["likelihood=gaussian", "variance=perElement"],
      ["beta=4", "klWarmUpEpochs=0.5"], ["freeBits=0.1"], ["hiddenSizes=[]"],
    ])
  func variationalAutoencoder(_ settings: [String]) throws {
    try check(VariationalAutoencoder.self, settings)
  }

  private func checkAdversarial<Family: ModelFamily>(
    _ family: Family.Type, _ settings: [String], _ data: Dataset
  ) throws {
    let small = ["hiddenSizes=[12]", "discriminatorSizes=[8]"]
    try checkModelFamily(
      family, registry: try Self.makeRegistry(),
      settings: try (small + settings).map { try Setting(parsing: $0) }, data: data)
  }

  @Test(
    "The conditional variational autoencoder is a well-behaved family",
    arguments: [
      [], ["predictsLabels=true"], ["likelihood=gaussian", "variance=perElement", "beta=0.5"],
    ])
  func conditionalVariationalAutoencoder(_ settings: [String]) throws {
    let settings = try (["hiddenSizes=[12]", "styleSize=3"] + settings).map {
      try Setting(parsing: $0)
    }
    try checkModelFamily(
      ConditionalVariationalAutoencoder.self, registry: try Self.makeRegistry(), settings: settings,
      data: try Self.digits())
  }

  @Test("The linear families are well-behaved", arguments: [["latentSize=2"], ["latentSize=1"]])
  func linear(_ settings: [String]) throws {
    let settings = try settings.map { try Setting(parsing: $0) }
    let (registry, digits) = (try Self.makeRegistry(), try Self.digits())
    for backbone in [nil, "linear"] {
      try checkModelFamily(
        PrincipalComponentAnalysis.self, on: backbone, registry: registry, settings: settings,
        data: digits, statistics: ["explainedVariance"])
      try checkModelFamily(
        FactorAnalysis.self, on: backbone, registry: registry, settings: settings, data: digits)
    }
    try checkModelFamily(
      Autoencoder.self, on: "linear", registry: registry, settings: settings, data: digits)
    try checkModelFamily(
      VariationalAutoencoder.self, on: "linear", registry: registry,
      settings: settings + [Setting(key: "likelihood", value: "gaussian")], data: digits)
  }

  @Test(
    "The adversarial autoencoder is a well-behaved family whatever it is trained towards",
    arguments: [
      ["latentSize=3"], ["latentSize=3", "posterior=gaussian", "likelihood=gaussian"],
      ["latentSize=2", "prior=gaussianMixture", "usesLabels=true"],
      ["latentSize=2", "prior=swissRoll"], ["latentSize=3", "prior=uniform"],
    ])
  func adversarialAutoencoder(_ settings: [String]) throws {
    let digits = try Self.digits().hidingLabels(keeping: 45, seed: 1)
    try checkAdversarial(AdversarialAutoencoder.self, settings, digits)
  }

  @Test(
    "The semi-supervised adversarial autoencoder is a well-behaved family",
    arguments: [["inputNoise=0"], ["likelihood=gaussian", "styleSize=1"]])
  func semiSupervisedAdversarialAutoencoder(_ settings: [String]) throws {
    let digits = try Self.digits().hidingLabels(keeping: 45, seed: 1)
    #expect(digits.labels?.first != -1)
    try checkAdversarial(SemiSupervisedAdversarialAutoencoder.self, settings, digits)
  }

  @Test(
    "On convolutions both are well-behaved too, whatever the window",
    arguments: [
      ["channels=[4,6]"], ["channels=[5]", "kernelSize=4", "activation=gelu"],
      ["channels=[4,4,4]", "kernelSize=5"],
    ])
  func convolutional(_ settings: [String]) throws {
    let settings = try (["latentSize=3"] + settings).map { try Setting(parsing: $0) }
    let (registry, digits) = (try Self.makeRegistry(), try Self.digits())
    try checkModelFamily(
      Autoencoder.self, on: "conv", registry: registry, settings: settings, data: digits)
    try checkModelFamily(
      VariationalAutoencoder.self, on: "conv", registry: registry, settings: settings,
      data: digits)
  }

  @Test("The divergence is weighted by beta and warmed up over epochs")
  func warmUp() throws {
    let registry = try Self.makeRegistry()
    let data = try Self.digits()
    let specification = try registry.specification(
      for: "vae",
      settings: [
        Setting(key: "hiddenSizes", value: [8]), Setting(key: "latentSize", value: 2),
        Setting(key: "beta", value: 3), Setting(key: "klWarmUpEpochs", value: 2),
      ], data: data.signature)
    var random = RandomSource(seed: 1)
    let model = try #require(
      try registry.makeModel(specification, using: &random) as? VariationalAutoencoder)
    for (epoch, weight) in [(0.0, 0.0), (1, 1.5), (2, 3), (50, 3)] {
      var pass = Pass.training(using: RandomSource(seed: 2))
      let batch = Batch(
        examples: Tensor(try data.examples(0..<4)), epoch: Tensor(Float(epoch)))
      let objective = model.objective(for: batch, using: &pass)
      let values = try Tensor.evaluated([objective.loss] + objective.terms.map(\.value))
        .map { Double($0.scalars[0]) }
      #expect(abs(values[0] - (values[1] + weight * values[2])) < 1e-3)
    }
  }

  @Test("Bernoulli likelihoods refuse data outside 0...1 and name the way out")
  func outOfRange() throws {
    let data = Dataset(
      name: "loud", shape: DataShape([4]), floats: [0, 1, 2, 3], origin: DataOrigin(source: "x"))
    let registry = try Self.makeRegistry()
    for (family, hint) in [("ae", "loss=squaredError"), ("vae", "likelihood=gaussian")] {
      var random = RandomSource(seed: 1)
      let model = try registry.makeModel(
        try registry.specification(for: family, data: data.signature), using: &random)
      #expect {
        try model.validate(data)
      } throws: { error in
        "\(error)".contains("0.0...3.0") && "\(error)".contains(hint)
      }
    }
  }
}
