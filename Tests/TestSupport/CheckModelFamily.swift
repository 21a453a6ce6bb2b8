import Foundation
public import LatentZoo
public import Testing

/// Holds a family to the laws every family obeys; each of its own tests then need only cover what is special to it.
///
/// Configuration, shapes, paths and gradients of the parameters, equal seeds, saving and loading, going on with a training
/// that was stopped, a falling loss, batches of one and of none, and input that is not finite.
///
/// - Parameters:
///   - family: the family.
///   - backbone: what the networks are made of; `nil` for the family's default.
///   - registry: knows the family and the backbone.
///   - settings: settings that make it small.
///   - data: a few dozen examples it can train on.
///   - sourceLocation: where a failure is reported.
public func checkModelFamily<Family: ModelFamily>(
  _ family: Family.Type, on backbone: String? = nil, registry: Registry, settings: [Setting],
  data: Dataset,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let check = FamilyCheck<Family>(
    registry: registry, data: data, location: sourceLocation, settings: settings,
    specification: try registry.specification(
      for: Family.card.identifier, backbone: backbone, settings: settings, data: data.signature))
  try check.configurationRoundTrips()
  try check.shapesHold()
  try check.parametersHavePathsAndGradients()
  try check.equalSeedsGiveEqualBytes()
  try check.savingAndLoadingIsExact()
  try check.resumingIsExact()
  try check.graphGivesTheSame()
  try check.lossFalls()
  try check.fewExamplesAreNoTrouble()
  try check.nonFiniteInputIsRefused()
}

private struct FamilyCheck<Family: ModelFamily> {
  let registry: Registry
  let data: Dataset
  let location: SourceLocation
  let settings: [Setting]
  let specification: ModelSpecification

  private func makeModel(seed: UInt64 = 1) throws -> Family {
    var random = RandomSource(seed: seed)
    let model = try registry.makeModel(specification, using: &random)
    return try #require(model as? Family, sourceLocation: location)
  }

  private func train(
    _ model: Family, epochs: Int, batchSize: Int = 16, examples: Int? = nil
  ) throws -> TrainingHistory {
    var options = TrainingOptions()
    (options.epochs, options.batchSize, options.seed) = (epochs, batchSize, 3)
    return try Trainer(options).train(
      model, on: TrainingData(try examples.map { try data.prefix($0) } ?? data))
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

  /// A family after one epoch, and the model it makes.
  private func makeTrained() throws -> (family: Family, model: Model) {
    let family = try makeModel()
    _ = try train(family, epochs: 1)
    let model = Model(
      family, record: .sample(specification, family), vocabulary: data.vocabulary)
    return (family, model)
  }

  func savingAndLoadingIsExact() throws {
    let (family, model) = try makeTrained()
    try withTemporaryFolder { folder in
      let path = "\(folder)/model.h5"
      try Checkpoint.write(model, to: path)
      let loaded = try Checkpoint.read(at: path, registry: registry)
      let restored = try #require(loaded.family as? Family, sourceLocation: location)
      #expect(bytes(restored) == bytes(family), sourceLocation: location)
      #expect(loaded.record == model.record, sourceLocation: location)
      let x = try data.examples(Array(0..<2))
      let labels = data.labels.map { Array($0.prefix(2)) }
      let codes = try loaded.encode(x, labels: labels)
      #expect(try codes == model.encode(x, labels: labels), sourceLocation: location)
      guard model.hasDecoder else { return }
      let rebuilt = try loaded.reconstruct(x, labels: labels)
      #expect(try rebuilt == model.reconstruct(x, labels: labels), sourceLocation: location)
    }
  }

  /// A reader that does not know the family gets the same numbers from the graph in the file.
  func graphGivesTheSame() throws {
    let (_, model) = try makeTrained()
    try withTemporaryFolder { folder in
      let path = "\(folder)/model.h5"
      try Checkpoint.write(model, to: path)
      let stranger = try Checkpoint.read(at: path, registry: Registry())
      #expect(stranger.graph.untraceable.isEmpty, sourceLocation: location)
      #expect(stranger.family == nil, sourceLocation: location)
      let x = try data.examples(Array(0..<3))
      let labels = data.labels.map { Array($0.prefix(3)) }
      let codes = try model.encode(x, labels: labels)
      try expectClose(try stranger.encode(x, labels: labels), codes, location)
      guard model.hasDecoder else { return }
      let rebuilt = try stranger.decode(codes)
      let draws = stranger.graph.functions[ModelGraph.decoder]?.nodes.contains {
        $0.op.hasPrefix("Random")
      }
      if draws == true { return }
      try expectClose(rebuilt, try model.decode(codes), location)
    }
  }

  func lossFalls() throws {
    let model = try makeModel()
    let name = model.objectives[0].name
    let untrained = try Evaluator(model, data: data.shape).losses(on: data, seed: 1)[name]
    let history = try train(model, epochs: 10)
    var losses = history.epochs.compactMap { $0.training[name] }
    // What is fitted in one go is compared with what it was before.
    if losses.count == 1, let untrained { losses.insert(untrained, at: 0) }
    let (first, last) = (try #require(losses.first), try #require(losses.last))
    #expect(last < first, "the loss went from \(first) to \(last)", sourceLocation: location)
  }
}

/// Within 1e-5 of the greatest magnitude.
private func expectClose(
  _ found: NDArray, _ expected: NDArray, _ location: SourceLocation
) throws {
  #expect(found.shape == expected.shape, sourceLocation: location)
  let scale = expected.scalars.reduce(0) { max($0, abs($1)) }
  let distance = zip(found.scalars, expected.scalars).reduce(0) { max($0, abs($1.0 - $1.1)) }
  #expect(distance <= 1e-5 * max(scale, 1e-6), sourceLocation: location)
}

extension FamilyCheck {
  /// A training stopped in the middle of an epoch and gone on with ends as one that was not.
  func resumingIsExact() throws {
    var job = TrainingJob(family: Family.card.identifier)
    (job.backbone, job.settings) = (specification.backbone, settings)
    (job.validation, job.options.epochs, job.options.batchSize) = (.none, 2, 16)
    let parts = DataParts(train: data)
    var steps = 0
    let whole = try job.prepared(on: parts, registry: registry).run { _ in
      steps += 1
      return .proceed
    }
    try withTemporaryFolder { folder in
      let path = "\(folder)/model.h5"
      var left = max(steps * 3 / 4, 1)
      _ = try job.prepared(on: parts, registry: registry).run(savingTo: path) { _ in
        left -= 1
        return left > 0 ? .proceed : .stop
      }
      let resumed = try ResumableTraining(at: path)
        .prepared(on: parts, registry: registry).run(savingTo: path)
      for (one, other) in zip(whole.model.parameters, resumed.model.parameters) {
        let areEqual = one.value.scalars.map(\.bitPattern) == other.value.scalars.map(\.bitPattern)
        #expect(areEqual, "\(one.path) differs after resuming", sourceLocation: location)
      }
      #expect(
        whole.model.history.withoutTimes == resumed.model.history.withoutTimes,
        sourceLocation: location)
    }
  }

  private func makeUsable() throws -> Model {
    let family = try makeModel()
    return Model(
      family, record: .sample(specification, family), vocabulary: data.vocabulary)
  }

  func fewExamplesAreNoTrouble() throws {
    let family = try makeModel()
    _ = try train(family, epochs: 1, batchSize: 1, examples: 3)
    let areFinite = family.parameters.allSatisfy { $0.value.scalars.allSatisfy(\.isFinite) }
    #expect(areFinite, "batches of one example", sourceLocation: location)
    let model = try makeUsable()
    let labels = data.labels.map { Array($0.prefix(1)) }
    let single = try model.encode(try data.examples([0]), labels: labels)
    #expect(single.shape == [1, family.latentSize], sourceLocation: location)
    let none = try model.encode(try data.examples([]), labels: data.labels == nil ? nil : [])
    #expect(none.shape == [0, family.latentSize], sourceLocation: location)
    guard model.hasDecoder else { return }
    let decoded = try model.decode(none)
    #expect(decoded.shape == data.shape.batched(0), sourceLocation: location)
  }

  func nonFiniteInputIsRefused() throws {
    let model = try makeUsable()
    var x = try data.examples([0, 1])
    x.scalars[x.scalars.count - 1] = .nan
    let labels = data.labels.map { Array($0.prefix(2)) }
    #expect(throws: ModelError.notFinite(model: "test-model", what: "example", row: 1)) {
      try model.encode(x, labels: labels)
    }
    guard model.hasDecoder else { return }
    let codes = NDArray(repeating: .infinity, shape: [1, model.record.latentSize])
    #expect(throws: ModelError.notFinite(model: "test-model", what: "code", row: 0)) {
      try model.decode(codes)
    }
  }
}

extension TrainingHistory {
  /// The same without how long it took.
  public var withoutTimes: TrainingHistory {
    var history = self
    for index in epochs.indices { history.epochs[index].seconds = 0 }
    return history
  }
}

extension ModelRecord {
  /// A record as training would write it, with made-up circumstances.
  public static func sample(
    _ specification: ModelSpecification, _ family: some ModelFamily, name: String = "test-model"
  ) -> ModelRecord {
    ModelRecord(
      name: name, specification: specification, latentSize: family.latentSize,
      parameterCount: family.parameterCount, prior: family.codePrior,
      sampledClassCount: family.sampledClassCount,
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
