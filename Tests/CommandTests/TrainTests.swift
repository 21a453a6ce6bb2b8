import Foundation
import LatentZoo
import Testing

extension CommandTests {
  @Suite struct TrainTests {
    private let small = ["--data", "digits", "--epochs", "2", "--set", "hiddenSizes=[16]"]

    @Test("Training reports one JSON document and writes a model that opens")
    func trainingReportsJSON() throws {
      let folder = try TemporaryFolder()
      let run = try runCommand(["train", "vae", "--zoo", folder.path, "--json"] + small)
      #expect(run.status == 0, "\(run)")
      let report = try run.json()
      #expect(report["name"] as? String == "vae-digits")
      #expect((report["epochs"] as? [Any])?.count == 2)
      #expect(report["interrupted"] as? Bool == false)
      #expect(try folder.names == ["vae-digits.h5"])
      let contents = try Checkpoint.readContents(at: "\(folder.path)/vae-digits.h5")
      #expect(contents.record.data.source == "digits")
      #expect(contents.record.metrics.first?.count == 180)
      #expect(contents.hasDensity)
    }

    @Test("Where nobody looks there is a line for each epoch, and no control characters")
    func plainProgress() throws {
      let folder = try TemporaryFolder()
      let run = try runCommand(["train", "ae", "--zoo", folder.path] + small)
      #expect(run.messages.contains("epoch 1/2  loss "), "\(run)")
      #expect(run.messages.contains("epoch 2/2  loss "), "\(run)")
      #expect(!(run.messages + run.output).contains { $0 == "\r" || $0 == "\u{1B}" }, "\(run)")
      #expect(run.output.hasPrefix("saved ae-digits to \(folder.path)/ae-digits.h5"), "\(run)")
    }

    @Test("Quiet training says nothing but the result") func quiet() throws {
      let folder = try TemporaryFolder()
      let run = try runCommand(["train", "ae", "--zoo", folder.path, "--quiet"] + small)
      #expect(run.status == 0 && run.messages.isEmpty && !run.output.isEmpty, "\(run)")
    }

    @Test("The same seed gives byte-identical weights, another seed others") func seeds() throws {
      let folder = try TemporaryFolder()
      var weights: [Data] = []
      for (name, seed) in [("one", "7"), ("two", "7"), ("three", "8")] {
        let run = try runCommand(
          ["train", "vae", "--zoo", folder.path, "--name", name, "--seed", seed] + small)
        #expect(run.status == 0, "\(run)")
        weights.append(try storedWeights(of: "\(folder.path)/\(name).h5"))
      }
      #expect(weights[0].count > 4 * 2000)
      #expect(weights[0] == weights[1])
      #expect(weights[0] != weights[2])
    }

    @Test("Options reach the record") func options() throws {
      let folder = try TemporaryFolder()
      let run = try runCommand(
        [
          "train", "beta-vae", "--zoo", folder.path, "--name", "tuned", "--optimizer", "sgd",
          "--momentum", "0.9", "--weight-decay", "1e-5", "--learning-rate", "1e-4", "--schedule",
          "cosine", "--warm-up-steps", "3", "--clip-norm", "1", "--batch-size", "100", "--threads",
          "1", "--validation", "0.2", "--set", "latentSize=3",
        ] + small)
      #expect(run.status == 0, "\(run)")
      let record = try Checkpoint.readRecord(at: "\(folder.path)/tuned.h5")
      #expect(record.training.optimizer == .sgd(momentum: 0.9, weightDecay: 1e-5))
      #expect(record.training.schedule == LearningRateSchedule(.cosine, warmUpSteps: 3))
      #expect(record.training.clipping == .norm(1))
      #expect(record.training.batchSize == 100)
      #expect(record.threadCount == 1)
      #expect(record.latentSize == 3)
      #expect(record.metrics.first?.count == 359)
    }

    @Test("Without validation there are no metrics") func noValidation() throws {
      let folder = try TemporaryFolder()
      let run = try runCommand(
        ["train", "ae", "--zoo", folder.path, "--validation", "none", "--json"] + small)
      #expect(run.status == 0, "\(run)")
      #expect((try run.json()["metrics"] as? [Any])?.isEmpty == true)
    }

    @Test("--force replaces a model") func force() throws {
      let folder = try TemporaryFolder()
      let arguments = ["train", "ae", "--zoo", folder.path] + small
      #expect(try runCommand(arguments).status == 0)
      #expect(try runCommand(arguments).status == 1)
      #expect(try runCommand(arguments + ["--force"]).status == 0)
      #expect(try folder.names == ["ae-digits.h5"])
    }
  }
}
