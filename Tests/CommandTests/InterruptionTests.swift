import Foundation
import LatentZoo
import Testing

extension CommandTests {
  @Suite struct InterruptionTests {
    @Test("Ctrl-C keeps what was learned in a model that opens, and exits with 130")
    func interrupt() throws {
      let folder = try TemporaryFolder()
      let command = try RunningCommand(
        program: try RunningCommand.binary(),
        [
          "train", "vae", "--data", "digits", "--zoo", folder.path, "--epochs", "1000000",
          "--set", "hiddenSizes=[16]",
        ])
      try waitFor { command.messages.components(separatedBy: "epoch ").count > 2 }
      command.interrupt()
      let run = try command.wait()
      #expect(run.status == 130, "\(run.status) \(run.messages.suffix(300))")
      #expect(run.output.hasPrefix("saved vae-digits to "))
      #expect(run.messages.contains("go on: latentzoo train --resume vae-digits --zoo "))
      let contents = try Checkpoint.readContents(at: "\(folder.path)/vae-digits.h5")
      #expect(contents.history.wasInterrupted)
      #expect(contents.history.epochs.count >= 2)
      #expect(try folder.names == ["vae-digits.h5"])
      let epochs = contents.history.epochs.count + 1
      let resumed = try runCommand([
        "train", "--resume", "vae-digits", "--zoo", folder.path, "--epochs", "\(epochs)",
      ])
      #expect(resumed.status == 0 && resumed.messages.contains("epoch \(epochs)/\(epochs)"))
    }

    @Test("A training that is killed leaves the last checkpoint") func kill() throws {
      let folder = try TemporaryFolder()
      let command = try RunningCommand(
        program: try RunningCommand.binary(),
        [
          "train", "vae", "--data", "digits", "--zoo", folder.path, "--epochs", "1000000",
          "--set", "hiddenSizes=[16]", "--checkpoint-interval", "0",
        ])
      try waitFor { command.messages.components(separatedBy: "epoch ").count > 2 }
      command.kill()
      #expect(try command.wait().status == SIGKILL)
      let contents = try Checkpoint.readContents(at: "\(folder.path)/vae-digits.h5")
      #expect(contents.history.wasInterrupted && contents.hasDensity)
      #expect(contents.history.epochs.count >= 2)
      #expect(try runCommand(["info", "vae-digits", "--zoo", folder.path]).status == 0)
    }

    @Test("A training that diverges late keeps the last checkpoint and says so")
    func lateDivergence() throws {
      let folder = try TemporaryFolder()
      let run = try runCommand([
        "train", "ae", "--data", "digits", "--zoo", folder.path, "--epochs", "1000", "--set",
        "hiddenSizes=[16]", "--set", "loss=squaredError", "--set", "outputActivation=identity",
        "--optimizer", "sgd", "--learning-rate", "10", "--warm-up-steps", "10000",
        "--checkpoint-interval", "0", "--quiet",
      ])
      #expect(run.status == 1, "\(run)")
      #expect(run.messages.contains("stopped being a finite number"), "\(run)")
      #expect(run.messages.contains("is at \(folder.path)/ae-digits.h5"), "\(run)")
      let contents = try Checkpoint.readContents(at: "\(folder.path)/ae-digits.h5")
      #expect(contents.history.epochs.allSatisfy { $0.training["loss"]?.isFinite == true })
    }

    @Test("A full disk is a sentence, and leaves nothing behind") func fullDisk() throws {
      let folder = try TemporaryFolder()
      let run = try runShell(
        "ulimit -f 32; exec $LATENTZOO_BINARY train vae --data digits --epochs 1 "
          + "--zoo \(folder.path)")
      #expect(run.status == 1, "\(run)")
      #expect(run.messages.contains("latentzoo: error: \(folder.path)/vae-digits.h5 cannot be"))
      #expect(try folder.names.isEmpty, "\(run)")
    }

    @Test("A reader that goes away is no error to speak of") func brokenPipe() throws {
      let run = try runShell(
        "for i in 1 2 3; do $LATENTZOO_BINARY list --families | true; done")
      #expect(run.messages.isEmpty, "\(run)")
    }

    @Test("Output that cannot be written is a sentence") func fullOutput() throws {
      let run = try runShell("$LATENTZOO_BINARY list --families >/dev/full")
      #expect(run.status == 1)
      #expect(run.messages.contains("standard output cannot be written: No space left"), "\(run)")
    }
  }
}
