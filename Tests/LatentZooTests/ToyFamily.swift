import LatentZoo

/// A stranger's family in a few lines, with two objectives, as an adversarial one would have.
struct Toy: ModelFamily {
  struct Configuration: ModelConfiguration {
    var latentSize = 2
    var kind = Kind.plain
    var sizes = [4]
    var rate = 0.5
    var isLoud = false
    enum Kind: String, Choice { case plain, fancy }

    init() {}

    static let settings: [SettingDescription] = [
      .init("latentSize", "number of elements of the code", .atLeast(1)),
      .init("kind", "how it looks"),
      .init("sizes", "sizes of nothing in particular", .within(1...9)),
      .init("rate", "how fast", .between(0, 10)),
    ]
  }

  static let card = Card(identifier: "toy", title: "Toy", summary: "for tests")
  static let presets = ["fancy-toy": Preset(summary: "fancy", settings: ["kind": "fancy"])]
  var objectives: [TrainingObjective<Toy>] {
    [
      TrainingObjective(
        "reconstruct", moving: { $0.decoder.parameters },
        minimising: { model, batch, pass in model.objective(for: batch, using: &pass) }),
      TrainingObjective(
        "shrink", every: 2, moving: { $0.encoder.parameters },
        minimising: { model, batch, pass in
          let z = model.encode(batch.examples, using: &pass)
          return Objective(loss: z.squared().mean(), terms: [("size", z.absolute().mean())])
        }),
    ]
  }

  let configuration: Configuration
  let encoder: Linear
  let decoder: Linear
  let data: DataShape
  var latentSize: Int { configuration.latentSize }

  init(
    _ configuration: Configuration, on backbone: any Backbone, using random: inout RandomSource
  ) throws {
    self.configuration = configuration
    data = backbone.dataShape
    encoder = Linear(
      inputSize: data.featureCount, outputSize: configuration.latentSize, using: &random)
    decoder = Linear(
      inputSize: configuration.latentSize, outputSize: data.featureCount, using: &random)
  }

  func encode(_ x: Tensor, using pass: inout Pass) -> Tensor {
    encoder(x.flattened(), using: &pass)
  }

  func decode(_ z: Tensor, using pass: inout Pass) -> Tensor {
    decoder(z, using: &pass).reshaped(to: data.batched(z.shape[0]))
  }

  func objective(for batch: Batch, using pass: inout Pass) -> Objective {
    let y = reconstruct(batch.examples, using: &pass)
    return Objective(
      reconstruction: ReconstructionLoss.squaredError(of: y, target: batch.examples))
  }
}

/// A backbone that builds single linear layers.
struct Bare: Backbone {
  struct Configuration: ModelConfiguration {
    var width = 3
    var rate = 0.25
    init() {}
  }

  static let card = Card(identifier: "dense", title: "Bare", summary: "for tests")
  let configuration: Configuration
  let data: DataSignature
  var featureSize: Int { configuration.width }

  init(_ configuration: Configuration, for data: DataSignature) throws {
    self.configuration = configuration
    self.data = data
  }

  func makeEncoder(using random: inout RandomSource) -> any Layer {
    Linear(inputSize: dataShape.featureCount, outputSize: featureSize, using: &random)
  }

  func makeDecoder(inputSize: Int, using random: inout RandomSource) -> any Layer {
    Linear(inputSize: inputSize, outputSize: dataShape.featureCount, using: &random)
  }
}

/// A registry with the toys.
func toyRegistry() throws -> Registry {
  let registry = Registry()
  try registry.register(Toy.self, provider: "tests")
  try registry.register(backbone: Bare.self, provider: "tests")
  return registry
}

/// Eight examples of four numbers.
func toyData(count: Int = 8) -> Dataset {
  var random = RandomSource(seed: 5)
  return Dataset(
    name: "toys", shape: DataShape([4]), floats: (0..<4 * count).map { _ in random.uniform() },
    origin: DataOrigin(source: "toys"))
}

/// A toy model with initial values.
func toyModel(_ settings: [Setting] = []) throws -> (Toy, ModelSpecification) {
  let registry = try toyRegistry()
  let specification = try registry.specification(
    for: "toy", settings: settings, data: toyData().signature)
  var random = RandomSource(seed: 1)
  guard let toy = try registry.makeModel(specification, using: &random) as? Toy else {
    throw RegistryError.unknown(kind: "family", identifier: "toy", known: [])
  }
  return (toy, specification)
}

/// The description of what `body` throws.
func message(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "nothing was thrown"
  } catch {
    return "\(error)"
  }
}
