import Foundation
import TestSupport
import Testing

@testable import LatentZoo

@Suite struct ResumableTrainingTests {
  private func job(_ change: (inout TrainingJob) -> Void = { _ in }) -> TrainingJob {
    var job = TrainingJob(family: "toy")
    (job.options.epochs, job.options.batchSize) = (4, 3)
    job.validation = .fraction(0.25)
    change(&job)
    return job
  }

  private func parts(_ count: Int = 8) -> DataParts { DataParts(train: toyData(count: count)) }

  /// Trains and stops after some steps, all of them unless told.
  @discardableResult
  private func train(
    _ job: TrainingJob, steps: Int = .max, savingTo path: String,
    report: (TrainingProgress) throws -> Void = { _ in }
  ) throws -> TrainedModel {
    var left = steps
    return try job.prepared(on: parts(), registry: try toyRegistry()).run(savingTo: path) {
      try report($0)
      left -= 1
      return left > 0 ? .proceed : .stop
    }
  }

  @Test("A checkpoint keeps where the training was, and nothing of it where that is not wanted")
  func state() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/toy.h5"
      try train(job(), steps: 3, savingTo: path)
      let state = try #require(try Checkpoint.readTrainingState(at: path))
      let steps = try #require(state.steps)
      #expect(steps.position == BatchPosition(epoch: 1, batch: 1))
      #expect(steps.optimizers.map(\.objective) == ["reconstruct", "shrink"])
      #expect(steps.optimizers.map(\.stepCount) == [3, 2])
      #expect(state.validation == .fraction(0.25) && state.data.source == "toys")
      let moments = try Checkpoint.readMoments(of: steps.optimizers, at: path)
      #expect(
        Set(moments[1].keys) == [
          "encoder/weight/mean", "encoder/weight/variance", "encoder/bias/mean",
          "encoder/bias/variance",
        ])
      try train(job { $0.keepsTrainingState = false }, savingTo: path)
      #expect(try Checkpoint.readTrainingState(at: path) == nil)
      #expect(
        message { _ = try ResumableTraining(at: path) }.hasPrefix(
          "toy-toys keeps no training state, as after --weights-only"))
    }
  }

  @Test("The training state can be taken out of a file, and nothing else goes with it")
  func removal() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/toy.h5"
      let trained = try train(job(), savingTo: path).model
      for registry in [try toyRegistry(), Registry()] {
        try train(job(), savingTo: path)
        try Checkpoint.removeTrainingState(at: path, registry: registry)
        #expect(try Checkpoint.readTrainingState(at: path) == nil)
        let left = try Checkpoint.read(at: path, registry: try toyRegistry())
        #expect(left.parameters.map(\.value) == trained.parameters.map(\.value))
        #expect(left.history.withoutTimes == trained.history.withoutTimes)
        #expect(left.density == trained.density && left.graph == trained.graph)
      }
    }
  }

  @Test("A training is saved within its epochs once the interval is over, and not before")
  func pace() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/toy.h5"
      var positions: [BatchPosition?] = []
      for interval in [60, 1e-9, 0] {
        var seen: [BatchPosition?] = []
        try? FileManager.default.removeItem(atPath: path)
        try train(
          job {
            $0.checkpointInterval = interval
            $0.options.epochs = 2
          }, savingTo: path
        ) { _ in
          let exists = FileManager.default.fileExists(atPath: path)
          seen.append(exists ? try Checkpoint.readTrainingState(at: path)?.steps?.position : nil)
        }
        positions.append(seen[3])
      }
      #expect(positions[0] == nil)
      // A save takes time of its own, and the next waits for fifty times as long.
      #expect(positions[1] == BatchPosition(epoch: 0, batch: 1))
      #expect(positions[2] == BatchPosition(epoch: 1, batch: 0))
    }
  }

  @Test("Whoever stops a training finds it saved before anything is measured")
  func stopping() throws {
    struct Failure: Error {}
    try withTemporaryFolder { folder in
      let path = "\(folder)/toy.h5"
      let trained = try train(job(), steps: 1, savingTo: path)
      #expect(trained.model.history.wasInterrupted && trained.canResume)
      #expect(trained.model.history.epochs.isEmpty)
      let steps = try #require(try Checkpoint.readTrainingState(at: path)?.steps)
      #expect(steps.position == BatchPosition(epoch: 0, batch: 1))
      #expect(steps.averages.means.map(\.name).contains("reconstruct"))
    }
  }

  @Test("The weights of the best epoch are kept as they were, also over a stop")
  func best() throws {
    try withTemporaryFolder { folder in
      let (path, registry) = ("\(folder)/toy.h5", try toyRegistry())
      // At this rate the loss falls first and rises again.
      let wild = job {
        $0.keepsBest = true
        $0.options.epochs = 12
        $0.options.learningRate = 0.3
      }
      var weights: [[NDArray]] = []
      let prepared = try wild.prepared(on: parts(), registry: registry)
      let whole = try prepared.run(savingTo: path) { progress in
        if progress.completed != nil { weights.append(prepared.family.parameters.map(\.value)) }
        return .proceed
      }
      let losses = whole.model.history.epochs.compactMap { $0.validation["reconstruct"] }
      let least = try #require(losses.indices.min { losses[$0] < losses[$1] })
      let best = try #require(whole.best)
      #expect(best.epoch == least + 1 && best.loss == losses[least] && best.name == "toy-toys.best")
      let stored = try Checkpoint.read(at: best.path, registry: registry)
      #expect(stored.parameters.map(\.value) == weights[least])
      #expect(stored.record.name == "toy-toys.best" && !stored.record.metrics.isEmpty)
      #expect(try Checkpoint.readTrainingState(at: best.path) == nil)

      for steps in [2 * least + 1, 2 * least + 3] {
        try train(wild, steps: steps, savingTo: path)
        let resumed = try ResumableTraining(at: path)
          .prepared(on: parts(), registry: registry).run(savingTo: path)
        #expect(resumed.best == best, "stopped after \(steps)")
        let again = try Checkpoint.read(at: best.path, registry: registry)
        #expect(again.parameters.map(\.value) == weights[least])
      }
    }
  }

  @Test("Without examples held back there is no best epoch") func bestOfNothing() {
    let text = message {
      let job = job {
        $0.keepsBest = true
        $0.validation = .none
      }
      _ = try job.prepared(on: parts(), registry: try toyRegistry())
    }
    #expect(
      text
        == "the best epoch is found on held-back examples, which --validation gives, got no validation"
    )
  }

  @Test("Data that changed, too few epochs and a family that is not here are refused by name")
  func refusals() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/toy.h5"
      try train(job(), steps: 7, savingTo: path)
      func refusal(
        on data: DataParts? = nil, registry: Registry? = nil,
        _ change: (inout ResumableTraining) -> Void = { _ in }
      ) -> String {
        message {
          var training = try ResumableTraining(at: path)
          change(&training)
          _ = try training.prepared(on: data ?? parts(), registry: try registry ?? toyRegistry())
        }
      }
      #expect(
        refusal(on: parts(9)) == "toys is not what toy-toys was trained on: its training part has "
          + "9 examples instead of 8; name the same data with --data, or train anew with --force")
      let labelled = Dataset(
        name: "toys", shape: DataShape([4]), floats: try toyData().examples(0..<8).scalars,
        labels: [0, 0, 0, 0, 1, 1, 1, 1], labelNames: ["a", "b"],
        origin: DataOrigin(source: "toys"))
      #expect(refusal(on: DataParts(train: labelled)).contains("training part has other labels"))
      #expect(
        refusal(on: DataParts(train: toyData(), test: toyData())).contains(
          "it has a test part, which was not there"))
      #expect(
        refusal { $0.epochs = 2 } == "toy-toys has been trained for 3 epochs already, so 2 in all "
          + "are too few: ask for more with --epochs")
      #expect(
        refusal(registry: Registry()) == "toy-toys needs the family \"toy\" to be trained, "
          + "which is not installed: install the plugin that brings toy; "
          + "`latentzoo list --families` shows what there is")
    }
  }

  @Test("A file that another training writes meanwhile is not gone on with")
  func twoTrainings() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/toy.h5"
      try train(job(), steps: 3, savingTo: path)
      let first = try ResumableTraining(at: path)
      try train(job(), steps: 4, savingTo: path)
      #expect(
        message { _ = try first.prepared(on: parts(), registry: try toyRegistry()) }
          == "toy-toys was written while it was read: another process trains it, wait for its end")
    }
  }

  @Test("A training state that does not hold together is refused")
  func damage() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/toy.h5"
      try train(job(), steps: 5, savingTo: path)
      let steps = try #require(try Checkpoint.readTrainingState(at: path)?.steps)
      func fault(_ change: (inout TrainingState.Steps) -> Void) -> String? {
        var changed = steps
        change(&changed)
        return changed.fault(completedEpochs: 2)
      }
      #expect(fault { _ in } == nil)
      #expect(
        fault { $0.position.epoch = 1 } == "is at epoch 1, batch 1, but 2 epochs are complete")
      #expect(fault { $0.position.batch = -1 } != nil)
      #expect(fault { $0.epochSeconds = .infinity } != nil)
      #expect(fault { $0.optimizers[0].stepCount = .max } == "counts steps that nobody could make")
      #expect(
        message {
          let step = TrainingStep(
            try toyModel().0, data: DataShape([4]), TrainingOptions(), .shared)
          try step.restore([[:], [:]], steps.optimizers)
        }.contains("these are missing, unknown or of another shape: decoder/weight/mean"))
    }
  }
}
