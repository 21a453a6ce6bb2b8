import Foundation
import LatentZoo
import Testing

extension CommandTests {
  @Suite struct ResumeTests {
    private let small = [
      "vae", "--data", "digits", "--set", "hiddenSizes=[16]", "--set", "latentSize=3",
    ]

    /// Runs `latentzoo train` in a zoo.
    private func train(_ arguments: [String], in folder: TemporaryFolder) throws -> CommandRun {
      try runCommand(["train"] + arguments + ["--zoo", folder.path])
    }

    @Test("A training that was killed goes on, and ends with the weights of one that was not")
    func kill() throws {
      let (folder, other) = (try TemporaryFolder(), try TemporaryFolder())
      let arguments = small + ["--epochs", "200", "--checkpoint-interval", "0.01"]
      let command = try RunningCommand(
        program: try RunningCommand.binary(), ["train"] + arguments + ["--zoo", folder.path])
      try waitFor { try folder.names.contains("vae-digits.h5") }
      command.kill()
      #expect(try command.wait().status == SIGKILL)

      let resumed = try train(["--resume", "vae-digits"], in: folder)
      #expect(resumed.status == 0, "\(resumed)")
      #expect(resumed.messages.hasPrefix("resuming vae-digits: vae on dense, "), "\(resumed)")
      #expect(resumed.messages.contains("going on in epoch "), "\(resumed)")
      #expect(try train(arguments, in: other).status == 0)
      let one = try storedWeights(of: "\(folder.path)/vae-digits.h5")
      #expect(try one == storedWeights(of: "\(other.path)/vae-digits.h5"))
    }

    @Test("What contradicts the beginning is refused by name, and what repeats it is not")
    func contradictions() throws {
      let folder = try TemporaryFolder()
      let begun =
        small + ["--epochs", "1", "--seed", "3", "--optimizer", "sgd", "--momentum", "0.5"]
      #expect(try train(begun, in: folder).status == 0)
      let cases = [
        ("--batch-size 64", "--batch-size 64 contradicts", "begun with 128"),
        ("--optimizer adam", "--optimizer adam contradicts", "begun with sgd"),
        ("--momentum 0.9", "--momentum 0.9 contradicts", "begun with 0.5"),
        ("--clip-norm 2", "--clip-norm 2.0 contradicts", "begun with none"),
        ("--schedule cosine", "--schedule cosine contradicts", "begun with constant"),
        ("--validation none", "--validation none contradicts", "begun with auto"),
        ("--labels 9", "--labels 9 contradicts", "begun with none"),
        ("--name other", "--name other contradicts", "begun with vae-digits"),
        ("--set latentSize=4", "--set latentSize=4 contradicts", "begun with 3"),
        ("ae", "the family ae contradicts", "begun with vae"),
        ("--untrained", "--untrained and --resume exclude each other", "exclude"),
      ]
      for (given, sentence, kept) in cases {
        let words = given.split(separator: " ").map(String.init)
        let run = try train(words + ["--resume", "vae-digits"], in: folder)
        #expect(run.status == 64, "\(run)")
        #expect(run.messages.contains(sentence) && run.messages.contains(kept), "\(run)")
      }
      let same = begun.map { $0 == "1" ? "2" : $0 } + ["--resume", "vae-digits", "--json"]
      let run = try train(same, in: folder)
      #expect(run.status == 0, "\(run)")
      #expect((try run.json()["epochs"] as? [Any])?.count == 2)
    }

    @Test("A training that reached its end says so, and goes on where more epochs are asked for")
    func finished() throws {
      let folder = try TemporaryFolder()
      #expect(try train(small + ["--epochs", "2"], in: folder).status == 0)
      let run = try train(["--resume", "vae-digits"], in: folder)
      #expect(run.status == 0, "\(run)")
      #expect(run.messages.contains("for all its epochs, 2; go on with more --epochs"), "\(run)")
      #expect(run.output.hasPrefix("vae-digits is at \(folder.path)/vae-digits.h5"), "\(run)")
      let fewer = try train(["--resume", "vae-digits", "--epochs", "1"], in: folder)
      #expect(fewer.status == 1 && fewer.messages.contains("2 epochs already"), "\(fewer)")
      let more = try train(["--resume", "vae-digits", "--epochs", "3"], in: folder)
      #expect(more.status == 0 && more.messages.contains("epoch 3/3"), "\(more)")
      #expect(try folder.names == ["vae-digits.h5"])
    }

    @Test("Weights only are a third of the size, and cannot be gone on with")
    func weightsOnly() throws {
      let folder = try TemporaryFolder()
      for (name, more) in [("full", []), ("bare", ["--weights-only"])] {
        let run = try train(small + ["--epochs", "1", "--name", name] + more, in: folder)
        #expect(run.status == 0, "\(run)")
      }
      let full = try storedWeights(of: "\(folder.path)/full.h5")
      #expect(try full == storedWeights(of: "\(folder.path)/bare.h5"))
      let sizes = try ["full", "bare"].map {
        try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\($0).h5")).count
      }
      #expect(sizes[0] - sizes[1] > 2 * full.count)
      let run = try train(["--resume", "bare"], in: folder)
      #expect(run.status == 1, "\(run)")
      #expect(run.messages.contains("bare keeps no training state, as after --weights-only"))
    }

    @Test("Data that moved is named anew, and other data is refused") func movedData() throws {
      let folder = try TemporaryFolder()
      let file = "\(folder.path)/x.csv"
      try "a,b\n1,2\n3,5\n2,1\n4,4\n9,7\n".write(toFile: file, atomically: true, encoding: .utf8)
      let begun = try train(
        ["pca", "--data", "csv:\(file)", "--set", "latentSize=1", "--name", "table"], in: folder)
      #expect(begun.status == 0, "\(begun)")
      let vae = [
        "ae", "--data", "csv:\(file)", "--set", "latentSize=1", "--set", "loss=squaredError",
        "--set",
        "outputActivation=identity", "--name", "net", "--epochs", "2", "--validation", "none",
      ]
      #expect(try train(vae, in: folder).status == 0)
      let moved = "\(folder.path)/y.csv"
      try FileManager.default.moveItem(atPath: file, toPath: moved)
      let lost = try train(["--resume", "net", "--epochs", "3"], in: folder)
      #expect(lost.status == 1, "\(lost)")
      #expect(lost.messages.contains("name the same data with --data"), "\(lost)")
      let found = try train(
        ["--resume", "net", "--epochs", "3", "--data", "csv:\(moved)"], in: folder)
      #expect(found.status == 0, "\(found)")
      try "a,b\n1,2\n3,5\n2,1\n4,4\n9,8\n".write(toFile: moved, atomically: true, encoding: .utf8)
      let changed = try train(["--resume", "net", "--epochs", "4"], in: folder)
      #expect(changed.status == 1, "\(changed)")
      #expect(changed.messages.contains("its training part has other values"), "\(changed)")
      let fitted = try train(["--resume", "table"], in: folder)
      #expect(fitted.status == 0 && fitted.messages.contains("is fitted"), "\(fitted)")
    }

    @Test("The best weights are a model of their own in the zoo") func best() throws {
      let folder = try TemporaryFolder()
      let run = try train(small + ["--epochs", "3", "--keep-best", "--json"], in: folder)
      #expect(run.status == 0, "\(run)")
      let best = try #require(try run.json()["best"] as? [String: Any])
      #expect(best["name"] as? String == "vae-digits.best")
      #expect(try folder.names == ["vae-digits.best.h5", "vae-digits.h5"])
      let epoch = try #require(best["epoch"] as? Int)
      let contents = try Checkpoint.readContents(at: "\(folder.path)/vae-digits.best.h5")
      #expect(contents.history.epochs.count == epoch && contents.record.name == "vae-digits.best")
      #expect(try runCommand(["list", "--zoo", folder.path]).output.contains("vae-digits.best"))
      let refused = try train(
        small + ["--epochs", "1", "--keep-best", "--validation", "none", "--name", "x"], in: folder)
      #expect(refused.status == 1, "\(refused)")
      #expect(refused.messages.contains("which --validation gives"), "\(refused)")
    }

    @Test("Another number of threads is noted") func threads() throws {
      let folder = try TemporaryFolder()
      #expect(try train(small + ["--epochs", "1", "--threads", "1"], in: folder).status == 0)
      let run = try train(
        ["--resume", "vae-digits", "--epochs", "2", "--threads", "2"], in: folder)
      #expect(run.status == 0 && run.messages.contains("was trained on 1 thread so far"), "\(run)")
      let usual = try train(["--resume", "vae-digits", "--epochs", "3"], in: folder)
      #expect(usual.status == 0 && !usual.messages.contains("so far"), "\(usual)")
    }
  }
}
