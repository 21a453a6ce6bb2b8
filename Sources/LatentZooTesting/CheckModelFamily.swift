import Foundation
public import LatentZoo
public import Testing

/// Holds a family to the laws every family obeys; each of its own tests then need only cover what is special to it.
///
/// Configuration and what it says of its settings, shapes, paths and gradients of the parameters, equal seeds, saving and loading, going on with a training
/// that was stopped, a falling loss, batches of one and of none, and input that is not finite.
///
/// - Parameters:
///   - family: the family.
///   - backbone: what the networks are made of; `nil` for the family's default.
///   - registry: knows the family and the backbone.
///   - settings: settings that make it small.
///   - data: a few dozen examples it can train on.
///   - statistics: parameters that tell something of the data and that no network reads.
///   - sourceLocation: where a failure is reported.
public func checkModelFamily<Family: ModelFamily>(
  _ family: Family.Type, on backbone: String? = nil, registry: Registry, settings: [Setting],
  data: Dataset, statistics: Set<String> = [],
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let check = FamilyCheck<Family>(
    registry: registry, data: data, location: sourceLocation, settings: settings,
    statistics: statistics,
    specification: try registry.specification(
      for: Family.card.identifier, backbone: backbone, settings: settings, data: data.signature))
  try checkSettings(Family.Configuration.self, sourceLocation: sourceLocation)
  let networks = try registry.backbone(named: check.specification.backbone).type
  try checkSettings(of: networks, sourceLocation: sourceLocation)
  try check.configurationRoundTrips()
  try check.shapesHold()
  try check.parametersHavePathsAndGradients()
  try check.equalSeedsGiveEqualBytes()
  try check.savingAndLoadingIsExact()
  try check.resumingIsExact()
  try check.graphGivesTheSame()
  try check.graphTellsEveryNetwork()
  try check.lossFalls()
  try check.fewExamplesAreNoTrouble()
  try check.nonFiniteInputIsRefused()
}

struct FamilyCheck<Family: ModelFamily> {
  let registry: Registry
  let data: Dataset
  let location: SourceLocation
  let settings: [Setting]
  let statistics: Set<String>
  let specification: ModelSpecification

  func makeModel(seed: UInt64 = 1) throws -> Family {
    var random = RandomSource(seed: seed)
    let model = try registry.makeModel(specification, using: &random)
    return try #require(model as? Family, sourceLocation: location)
  }

  func train(
    _ model: Family, epochs: Int, batchSize: Int = 16, examples: Int? = nil
  ) throws -> TrainingHistory {
    var options = TrainingOptions()
    (options.epochs, options.batchSize, options.seed) = (epochs, batchSize, 3)
    return try Trainer(options).train(
      model, on: TrainingData(try examples.map { try data.prefix($0) } ?? data))
  }

  func bytes(_ model: Family) -> [[UInt32]] {
    model.parameters.map { $0.value.scalars.map(\.bitPattern) }
  }

  func configurationRoundTrips() throws {
    let model = try makeModel()
    let stored = try JSONEncoder().encode(model.configuration)
    let restored = try JSONDecoder().decode(Family.Configuration.self, from: stored)
    #expect(restored == model.configuration, sourceLocation: location)
    #expect(Family.Configuration.storageProblem() == nil, sourceLocation: location)
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
  func makeTrained() throws -> (family: Family, model: Model) {
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
