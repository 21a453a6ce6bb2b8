import AEFamily
import DenseBackbone
import LatentZoo
import TestSupport
import Testing

/// What is special to the variants of the autoencoder.
@Suite struct AutoencoderVariantTests {
  private static func settings(_ texts: [String]) throws -> [Setting] {
    try texts.map { try Setting(parsing: $0) }
  }

  private static func makeModel(
    _ name: String, on backbone: String? = nil, _ texts: [String] = []
  ) throws -> Autoencoder {
    let registry = try FamilyTests.makeRegistry()
    let specification = try registry.specification(
      for: name, backbone: backbone, settings: try settings(texts),
      data: try FamilyTests.digits().signature)
    var random = RandomSource(seed: 1)
    return try #require(try registry.makeModel(specification, using: &random) as? Autoencoder)
  }

  @Test(
    "Every variant is a well-behaved family",
    arguments: [
      ["sparsity=l1", "codeActivation=relu"], ["sparsity=kl", "codeActivation=sigmoid"],
      ["codeNoise=0.2", "codeDropout=0.3", "codeActivation=tanh"],
      ["corruption=gaussian", "corruptionAmount=0.2"], ["corruption=masking"],
      ["corruption=squares", "corruptionSquares=2"], ["corruption=saltAndPepper"],
      ["contractionWeight=0.1", "activation=tanh"],
      ["contractionWeight=0.1", "codeActivation=sigmoid", "hiddenSizes=[]"],
      ["tiedWeights=true"], ["tiedWeights=true", "hiddenSizes=[9,8,7]", "activation=elu"],
      ["tiedWeights=true", "hiddenSizes=[]", "dropout=0.1"],
    ])
  func variants(_ texts: [String]) throws {
    try checkModelFamily(
      Autoencoder.self, registry: try FamilyTests.makeRegistry(),
      settings: try Self.settings(["hiddenSizes=[12]", "latentSize=5"] + texts),
      data: try FamilyTests.digits())
  }

  @Test(
    "Codes of maps and the contractive penalty work on convolutions",
    arguments: [
      ["code=spatial", "codeChannels=2"],
      ["code=spatial", "codeChannels=1", "sparsity=l1"],
      ["contractionWeight=0.1", "latentSize=3", "activation=silu"],
      ["contractionWeight=0.1", "code=spatial", "codeActivation=sigmoid"],
    ])
  func onConvolutions(_ texts: [String]) throws {
    try checkModelFamily(
      Autoencoder.self, on: "conv", registry: try FamilyTests.makeRegistry(),
      settings: try Self.settings(["channels=[4,6]"] + texts), data: try FamilyTests.digits())
  }

  @Test(
    "On residual blocks it is well-behaved, whatever the normalisation",
    arguments: [
      ["normalization=group", "latentSize=3"], ["normalization=none", "latentSize=3"],
      ["normalization=batch", "blockCount=2", "latentSize=3"],
      ["code=spatial", "codeChannels=2", "activation=gelu"],
    ])
  func onResidualBlocks(_ texts: [String]) throws {
    try checkModelFamily(
      Autoencoder.self, on: "residual", registry: try FamilyTests.makeRegistry(),
      settings: try Self.settings(["channels=[4,6]"] + texts), data: try FamilyTests.digits())
  }

  @Test("Every preset can be built for digits", arguments: Autoencoder.presets.keys.sorted())
  func presets(_ name: String) throws {
    let model = try Self.makeModel(name)
    #expect(model.parameterCount > 0 && model.latentSize > 0)
  }

  @Test("Tied weights belong to the encoder; the decoder has biases only")
  func tiedWeights() throws {
    let model = try Self.makeModel("tied-ae", ["hiddenSizes=[12,8]", "latentSize=3"])
    let paths = model.namedParameters.map(\.path)
    #expect(paths.filter { $0.hasPrefix("decoder") && $0.hasSuffix("weight") }.isEmpty)
    #expect(paths.filter { $0.hasPrefix("decoder") && $0.hasSuffix("bias") }.count == 3)
    let untied = try Self.makeModel("ae", ["hiddenSizes=[12,8]", "latentSize=3"])
    let weights = 64 * 12 + 12 * 8 + 8 * 3
    #expect(untied.parameterCount - model.parameterCount == weights)
  }

  @Test("A spatial code has channels × height × width of the maps, each place by itself")
  func spatialCode() throws {
    let model = try Self.makeModel(
      "conv-ae-spatial", ["channels=[4,6]", "kernelSize=2", "codeChannels=3"])
    #expect(model.latentSize == 3 * 2 * 2)
    let x = try FamilyTests.digits().examples([0])
    var moved = x
    moved.scalars[63] += 0.5  // The lower right pixel: seen from one place only.
    var pass = Pass.evaluation()
    let codes = try [x, moved].map { try model.encode(Tensor($0), using: &pass).evaluated() }
    for (index, (first, second)) in zip(codes[0].scalars, codes[1].scalars).enumerated() {
      #expect((first != second) == (index % 4 == 3), "element \(index)")
    }
  }

  @Test("A denoising autoencoder sees damaged examples and is measured against whole ones")
  func denoising() throws {
    let texts = ["hiddenSizes=[8]", "latentSize=4", "loss=squaredError"]
    let blind = try Self.makeModel("ae", texts + ["corruption=masking", "corruptionAmount=1"])
    let plain = try Self.makeModel("ae", texts)
    let x = try FamilyTests.digits().examples(0..<6)
    let nothing = NDArray(repeating: 0, shape: x.shape)
    var pass = Pass.evaluation()
    let loss = blind.objective(for: Batch(examples: Tensor(x), epoch: 0), using: &pass).loss
    let rebuilt = plain.reconstruct(Tensor(nothing), using: &pass)
    let expected = (rebuilt - Tensor(x)).squared().summedPerExample().mean()
    let values = try Tensor.evaluated([loss, expected]).map { $0.scalars[0] }
    expectClose(values[0], Double(values[1]))
  }

  @Test("Penalties are reported unweighted and add up to the loss")
  func penalties() throws {
    let model = try Self.makeModel(
      "ae",
      [
        "hiddenSizes=[8]", "latentSize=4", "codeActivation=sigmoid", "sparsity=kl",
        "sparsityWeight=3", "sparsityTarget=0.2", "contractionWeight=0.5",
      ])
    let x = try FamilyTests.digits().examples(0..<6)
    var pass = Pass.training(using: RandomSource(seed: 1))
    let objective = model.objective(for: Batch(examples: Tensor(x), epoch: 0), using: &pass)
    #expect(objective.terms.map(\.name) == ["reconstruction", "sparsity", "contraction"])
    let values = try Tensor.evaluated([objective.loss] + objective.terms.map(\.value))
      .map { Double($0.scalars[0]) }
    #expect(values.dropFirst().allSatisfy { $0 > 0 })
    expectClose(Float(values[0]), values[1] + 3 * values[2] + 0.5 * values[3], tolerance: 1e-4)
  }

  @Test("Noise and gaps in the code are for training alone")
  func codeNoise() throws {
    let model = try Self.makeModel(
      "ae", ["hiddenSizes=[8]", "latentSize=4", "codeNoise=0.5", "codeDropout=0.5"])
    let x = Tensor(try FamilyTests.digits().examples(0..<6))
    func loss(_ pass: Pass, seed: UInt64) throws -> NDArray {
      var pass = pass
      return try model.objective(for: Batch(examples: x, epoch: 0), using: &pass).loss
        .evaluated(seed: seed)
    }
    let training = Pass.training(using: RandomSource(seed: 1))
    #expect(try loss(training, seed: 1) != loss(training, seed: 2))
    #expect(try loss(.evaluation(), seed: 1) == loss(.evaluation(), seed: 2))
  }

  @Test(
    "Settings that do not go together are refused with a way out",
    arguments: [
      (["sparsity=kl"], "must be sigmoid with sparsity=kl"),
      (["corruption=masking", "corruptionAmount=2"], "lies in 0...1"),
      (["tiedWeights=true", "code=spatial"], "needs code=dense"),
      (["codeDropout=1"], "lies in 0..<1"), (["contractionWeight=-1"], "must not be negative"),
    ])
  func refusedSettings(_ texts: [String], _ words: String) throws {
    let error = #expect(throws: ConfigurationError.self) { try Self.makeModel("ae", texts) }
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
  }

  @Test("Backbones that cannot tie or have no maps are refused with a way out")
  func refusedBackbones() throws {
    for (backbone, text, words) in [
      ("conv", "tiedWeights=true", "it has no weights to tie; use tiedWeights=false or dense"),
      ("dense", "code=spatial", "it has no maps for code=spatial; use code=dense or conv"),
    ] {
      let error = #expect(throws: ModelError.self) {
        try Self.makeModel("ae", on: backbone, [text])
      }
      #expect(error?.description.contains(words) == true)
    }
  }

  @Test("Squares are refused where there are no images, and a penalty where none can be computed")
  func refusedTraining() throws {
    let vectors = Dataset(
      name: "vectors", shape: DataShape([4]), floats: [0, 1, 0, 1], origin: DataOrigin(source: "x"))
    let squares = try Self.makeModel("ae", ["corruption=squares"])
    let error = #expect(throws: ModelError.self) { try squares.validate(vectors) }
    #expect(error?.description.contains("use --set corruption=masking") == true)
    let model = try Self.makeModel(
      "residual-ae", ["channels=[4]", "contractionWeight=0.1", "latentSize=2"])
    let data = TrainingData(try FamilyTests.digits())
    let refusal = #expect(throws: TensorError.self) {
      try Trainer(TrainingOptions()).train(model, on: data)
    }
    #expect(
      refusal?.description.contains("GroupNormalizationGradient cannot be differentiated") == true)
  }
}
