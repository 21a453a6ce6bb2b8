import Foundation
import LatentZoo
import TestSupport
import Testing

/// Trainings that are stopped again and again end as if nothing had happened, whatever has a state.
@Suite struct ResumeTests {
  /// A way to train.
  struct Course: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let job: TrainingJob
    let data: Dataset

    init(
      _ title: String, _ family: String, _ settings: [String], on data: Dataset,
      _ change: (inout TrainingJob) -> Void = { _ in }
    ) throws {
      var job = TrainingJob(family: family)
      job.settings = try settings.map { try Setting(parsing: $0) }
      (job.options.epochs, job.options.batchSize) = (3, 12)
      change(&job)
      (testDescription, self.job, self.data) = (title, job, data)
    }
  }

  static let courses = Result { try makeCourses() }

  private static func makeCourses() throws -> [Course] {
    let digits = try FamilyTests.digits(60)
    let small = ["hiddenSizes=[10]", "latentSize=3"]
    let adversarial = ["hiddenSizes=[10]", "discriminatorSizes=[8]"]
    return [
      try Course(
        "Adam, a warm-up, a cosine and a limit on gradients", "vae",
        small + ["klWarmUpEpochs=2", "freeBits=0.1"], on: digits
      ) {
        $0.options.schedule = LearningRateSchedule(.cosine, warmUpSteps: 5)
        $0.options.clipping = .norm(0.5)
      },
      try Course("AdamW, dropout and noise", "denoising-ae", small + ["dropout=0.2"], on: digits) {
        $0.options.optimizer = .adamW()
        $0.options.clipping = .value(0.01)
      },
      try Course("Momentum", "ae", small, on: digits) {
        $0.options.optimizer = .sgd(momentum: 0.9, isNesterov: true)
        $0.options.learningRate = 0.1
      },
      try Course("No moments at all", "ae", small, on: digits) { $0.options.optimizer = .sgd() },
      try Course("Three objectives", "aae", adversarial + ["latentSize=2"], on: digits),
      try Course(
        "Five objectives and a stream of labelled examples", "aae-semi-supervised",
        adversarial + ["styleSize=2"], on: digits
      ) { $0.labelLimit = 25 },
      try Course(
        "Running statistics", "conv-ae",
        ["channels=[4,6]", "latentSize=3", "normalization=batch"], on: digits),
      try Course(
        "Neighbours in documents and dropout of words", "skip-thought",
        ["hiddenSize=8", "decoderSize=6", "embeddingSize=5", "inputDropout=0.2"],
        on: try SequenceFamilyTests.books(3)
      ) { $0.validation = .none },
    ]
  }

  @Test(
    "A training stopped again and again ends with the weights of one that was not",
    arguments: try courses.get())
  func stops(_ course: Course) throws {
    let (registry, parts) = (try FamilyTests.makeRegistry(), DataParts(train: course.data))
    let whole = try course.job.prepared(on: parts, registry: registry).run().model
    try withTemporaryFolder { folder in
      let path = "\(folder)/model.h5"
      // In the middle of an epoch, right after that, at the end of one, and at the beginning of another.
      for (round, count) in [2, 1, 2, 1, 3, 100].enumerated() {
        let prepared =
          round == 0
          ? try course.job.prepared(on: parts, registry: registry)
          : try ResumableTraining(at: path).prepared(on: parts, registry: registry)
        var left = count
        _ = try prepared.run(savingTo: path) { _ in
          left -= 1
          return left > 0 ? .proceed : .stop
        }
      }
      let resumed = try Checkpoint.read(at: path, registry: registry)
      for (one, other) in zip(whole.parameters, resumed.parameters) {
        let areEqual = one.value.scalars.map(\.bitPattern) == other.value.scalars.map(\.bitPattern)
        #expect(areEqual, "\(one.path) differs")
      }
      #expect(resumed.history.withoutTimes == whole.history.withoutTimes)
      #expect(resumed.density == whole.density)
      #expect(resumed.record.metrics == whole.record.metrics)
    }
  }

  @Test("More epochs at a constant rate are as good as having asked for them at first")
  func moreEpochs() throws {
    let (registry, parts) = (
      try FamilyTests.makeRegistry(), DataParts(train: try FamilyTests.digits(60))
    )
    var job = try Course("", "vae", ["hiddenSizes=[10]"], on: parts.train).job
    try withTemporaryFolder { folder in
      let path = "\(folder)/model.h5"
      _ = try job.prepared(on: parts, registry: registry).run(savingTo: path)
      var longer = try ResumableTraining(at: path)
      #expect(longer.isFinished)
      longer.epochs = 5
      #expect(!longer.isFinished)
      let resumed = try longer.prepared(on: parts, registry: registry).run(savingTo: path).model
      job.options.epochs = 5
      let whole = try job.prepared(on: parts, registry: registry).run().model
      #expect(resumed.parameters.map(\.value) == whole.parameters.map(\.value))
      #expect(resumed.record.training.epochs == 5)
      #expect(try ResumableTraining(at: path).isFinished)
    }
  }
}
