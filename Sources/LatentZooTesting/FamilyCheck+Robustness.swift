import Foundation
import LatentZoo
import Testing

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
