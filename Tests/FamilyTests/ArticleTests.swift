import Foundation
import LatentZoo
import TestSupport
import Testing

/// What the articles of the documentation show does what they say.
@Suite struct ArticleTests {
  /// Calls `body` with a zoo that has one small model of digits, `noisier-ae-digits`.
  private func withModel(_ body: (Zoo, _ path: String, Registry) throws -> Void) throws {
    let registry = try FamilyTests.makeRegistry()
    try registry.register(NoisyAutoencoder.self, provider: "a stranger")
    var job = TrainingJob(family: "noisier-ae")
    job.options.epochs = 1
    job.settings = [
      Setting(key: "hiddenSizes", value: [8]), Setting(key: "latentSize", value: 3),
    ]
    let digits = DataParts(train: try FamilyTests.digits(), test: nil)
    try withTemporaryFolder { folder in
      let zoo = Zoo(folder: folder, environment: [:])
      let training = try job.prepared(on: digits, registry: registry)
      let path = try zoo.newPath(for: training.name, replacing: false)
      _ = try training.run(savingTo: path)
      try body(zoo, path, registry)
    }
  }

  @Test("A model that is opened by name encodes")
  func encodes() throws {
    try withModel { zoo, _, registry in
      let codes = try codesOfDigits(by: "noisier-ae-digits", in: zoo, registry)
      #expect(codes.shape == [100, 3])
    }
  }

  @Test("Without its family a model gives the same codes")
  func needsNoFamily() throws {
    try withModel { zoo, _, registry in
      let codes = try codesOfDigits(by: "noisier-ae-digits", in: zoo, registry)
      let others = try codesOfDigits(by: "noisier-ae-digits", in: zoo, Registry())
      expectClose(others.scalars, codes.scalars.map(Double.init))
    }
  }

  @Test("Morphs begin and end with the two reconstructions")
  func morph() throws {
    try withModel { _, path, registry in
      let model = try Checkpoint.read(at: path, registry: registry)
      let pair = try FamilyTests.digits().examples([0, 1])
      let images = try morphs(of: pair, count: 5, by: model)
      #expect(images.shape == [5, 1, 8, 8])
      let ends = images.rows(0..<1).scalars + images.rows(4..<5).scalars
      expectClose(ends, try model.reconstruct(pair).scalars.map(Double.init))
    }
  }

  @Test("Small models are found by what a zoo says of them")
  func listing() throws {
    try withModel { zoo, _, _ in
      let (found, none) = (
        try smallModels(of: zoo, latentSize: 3), try smallModels(of: zoo, latentSize: 2)
      )
      #expect(found == ["noisier-ae-digits"] && none.isEmpty)
    }
  }

  @Test("A checkpoint says what it is")
  func says() throws {
    try withModel { _, path, _ in
      let text = try description(ofCheckpointAt: path)
      #expect(text.hasPrefix("noisier-ae-digits: noisy-ae on dense, trained on"))
      #expect(text.contains("encoder/head/weight [3, 8]"))
    }
  }

  @Test("Networks are exported once every byte was found right")
  func exports() throws {
    try withModel { zoo, path, _ in
      let faults = try exportChecked(path, to: zoo.home)
      #expect(faults.isEmpty)
      let files = try FileManager.default.contentsOfDirectory(atPath: zoo.home)
      #expect(files.contains("noisier-ae-digits.encoder.onnx"))
      #expect(files.contains("noisier-ae-digits.decoder.onnx"))
    }
  }

  @Test("A layer of one's own is a layer")
  func layer() throws {
    var pass = Pass.evaluation()
    let layer = Scaling(size: 2)
    layer.weight.value = NDArray([2, -1], shape: [2])
    let y = layer(Tensor(NDArray([1, 2, 3, 4], shape: [2, 2])), using: &pass)
    #expect(try y.evaluated() == NDArray([2, -2, 6, -4], shape: [2, 2]))
  }
}
