import Foundation
public import LatentZoo
public import Testing

/// Holds a family to the laws every family obeys; each of its own tests then need only cover what is special to it.
///
/// Shapes, paths and gradients of the parameters, equal seeds, saving and loading, a falling loss, single examples.
///
/// - Parameters:
///   - registry: knows the family and the backbone.
///   - backbone: what the networks are made of; `nil` for the family's default.
///   - settings: settings that make it small.
///   - data: a few dozen examples it can train on.
public func checkModelFamily<Family: ModelFamily>(
  _ family: Family.Type, on backbone: String? = nil, registry: Registry, settings: [Setting],
  data: Dataset,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let check = FamilyCheck<Family>(
    registry: registry, data: data, location: sourceLocation,
    specification: try registry.specification(
      for: Family.card.identifier, backbone: backbone, settings: settings, data: data.signature))
  try check.configurationRoundTrips()
  try check.shapesHold()
  try check.parametersHavePathsAndGradients()
  try check.equalSeedsGiveEqualBytes()
  try check.savingAndLoadingIsExact()
  try check.lossFalls()
}

private struct FamilyCheck<Family: ModelFamily> {
  let registry: Registry
  let data: Dataset
  let location: SourceLocation
  let specification: ModelSpecification

  private func makeModel(seed: UInt64 = 1) throws -> Family {
    var random = RandomSource(seed: seed)
    let model = try registry.makeModel(specification, using: &random)
    return try #require(model as? Family, sourceLocation: location)
  }

  private func train(_ model: Family, epochs: Int, batchSize: Int = 16) throws -> TrainingHistory {
    var options = TrainingOptions()
    (options.epochs, options.batchSize, options.seed) = (epochs, batchSize, 3)
    return try Trainer(options).train(model, on: TrainingData(data))
  }

  private func bytes(_ model: Family) -> [[UInt32]] {
    model.parameters.map { $0.value.scalars.map(\.bitPattern) }
  }

  func configurationRoundTrips() throws {
    let model = try makeModel()
    let stored = try JSONEncoder().encode(model.configuration)
    let restored = try JSONDecoder().decode(Family.Configuration.self, from: stored)
    #expect(restored == model.configuration, sourceLocation: location)
  }

  func shapesHold() throws {
    let model = try makeModel()
    for count in [1, 3] {
      var pass = Pass.evaluation()
      let x = Tensor(try data.examples(Array(0..<count)))
      let z = model.encode(x, using: &pass)
      #expect(z.shape == [count, model.latentSize], sourceLocation: location)
      if model is any EncoderOnlyFamily { continue }
      let y = model.decode(z, using: &pass)
      #expect(y.shape == data.shape.batched(count), sourceLocation: location)
      let values = try y.evaluated().scalars
      let areFinite = values.allSatisfy(\.isFinite)
      #expect(areFinite, sourceLocation: location)
    }
  }

  func parametersHavePathsAndGradients() throws {
    let model = try makeModel()
    let paths = model.namedParameters.map(\.path)
    #expect(!paths.isEmpty && Set(paths).count == paths.count, sourceLocation: location)
    let before = bytes(model)
    _ = try train(model, epochs: 1)
    for (path, (old, new)) in zip(paths, zip(before, bytes(model))) {
      #expect(old != new, "\(path) was not moved", sourceLocation: location)
    }
  }

  func equalSeedsGiveEqualBytes() throws {
    let (first, second) = (try makeModel(), try makeModel())
    _ = try train(first, epochs: 2)
    _ = try train(second, epochs: 2)
    #expect(bytes(first) == bytes(second), sourceLocation: location)
    #expect(bytes(try makeModel(seed: 2)) != bytes(try makeModel()), sourceLocation: location)
  }

  func savingAndLoadingIsExact() throws {
    let family = try makeModel()
    _ = try train(family, epochs: 1)
    let model = Model(
      family, record: .sample(specification, family), vocabulary: data.vocabulary)
    try withTemporaryFolder { folder in
      let path = "\(folder)/model.h5"
      try Checkpoint.write(model, to: path)
      let loaded = try Checkpoint.read(at: path, registry: registry)
      let restored = try #require(loaded.family as? Family, sourceLocation: location)
      #expect(bytes(restored) == bytes(family), sourceLocation: location)
      #expect(loaded.record == model.record, sourceLocation: location)
      let x = try data.examples(Array(0..<2))
      #expect(try loaded.encode(x) == model.encode(x), sourceLocation: location)
      guard model.hasDecoder else { return }
      #expect(try loaded.reconstruct(x) == model.reconstruct(x), sourceLocation: location)
    }
  }

  func lossFalls() throws {
    let model = try makeModel()
    let history = try train(model, epochs: 10)
    let losses = history.epochs.compactMap { $0.training[model.objectives[0].name] }
    let (first, last) = (try #require(losses.first), try #require(losses.last))
    #expect(last < first, "the loss went from \(first) to \(last)", sourceLocation: location)
  }
}

extension ModelRecord {
  /// A record as training would write it, with made-up circumstances.
  public static func sample(
    _ specification: ModelSpecification, _ family: some ModelFamily, name: String = "test-model"
  ) -> ModelRecord {
    ModelRecord(
      name: name, specification: specification, latentSize: family.latentSize,
      parameterCount: family.parameterCount, prior: family.prior,
      preprocessing: Preprocessing(divisor: 16, lowest: 0, highest: 1, labelNames: ["0", "1"]),
      data: Provenance(source: "test", count: 2, sha256: "00"), training: TrainingOptions(),
      metrics: [MetricReport(data: "test", count: 2, seed: 1, values: ["loss": 1.5])],
      libraryVersion: LatentZoo.libraryVersion, createdAt: "2026-01-02T03:04:05Z", threadCount: 1,
      licence: "Apache-2.0", parent: "")
  }
}

/// Calls `body` with an empty folder that is removed afterwards.
public func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("latentzoo-\(UUID().uuidString)").path
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { _ = try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}
