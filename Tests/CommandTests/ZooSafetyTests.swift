import Foundation
import Testing

extension CommandTests {
  /// What stands in the way of a save: each is a sentence, keeps the old model, and leaves nothing behind.
  @Suite struct ZooSafetyTests {
    private let arguments = [
      "train", "vae", "--data", "digits", "--set", "hiddenSizes=[16]", "--force", "--epochs",
    ]

    private func train(_ zoo: String, epochs: Int = 1) throws -> CommandRun {
      try runCommand(arguments + ["\(epochs)", "--zoo", zoo])
    }

    @Test("Two trainings of one name: the second is told of the first, which goes on")
    func twoWriters() throws {
      let folder = try TemporaryFolder()
      let first = try RunningCommand(
        program: try RunningCommand.binary(),
        arguments + ["1000000", "--zoo", folder.path, "--checkpoint-interval", "0"])
      for _ in 0..<600 where !first.messages.contains("epoch 2") { usleep(50_000) }
      let second = try train(folder.path)
      #expect(second.status == 1 && second.output.isEmpty, "\(second)")
      #expect(
        second.messages.contains("\(folder.path)/vae-digits.h5 is being written by process "),
        "\(second)")
      #expect(try runCommand(["list", "--zoo", folder.path]).output.contains("vae-digits"))
      first.interrupt()
      #expect(try first.wait().status == 130)
      #expect(try folder.names == ["vae-digits.h5"])
      #expect(try train(folder.path).status == 0)
    }

    @Test("A killed training's lock and temporary files are cleared away by the next")
    func killed() throws {
      let folder = try TemporaryFolder()
      let first = try RunningCommand(
        program: try RunningCommand.binary(),
        arguments + ["1000000", "--zoo", folder.path, "--checkpoint-interval", "0"])
      for _ in 0..<600 where !first.messages.contains("epoch 2") { usleep(50_000) }
      first.kill()
      _ = try first.wait()
      try "half".write(
        toFile: "\(folder.path)/.vae-digits.h5.x1y2.tmp", atomically: false, encoding: .utf8)
      let second = try train(folder.path)
      #expect(second.status == 0, "\(second)")
      #expect(try folder.names == ["vae-digits.h5"])
    }

    @Test("A link in the zoo is read through and not written through") func link() throws {
      let (folder, outside) = (try TemporaryFolder(), try TemporaryFolder())
      #expect(try train(outside.path).status == 0)
      let target = "\(outside.path)/vae-digits.h5"
      let before = try Data(contentsOf: URL(fileURLWithPath: target))
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder.path)/vae-digits.h5", withDestinationPath: target)
      #expect(try runCommand(["info", "vae-digits", "--zoo", folder.path]).status == 0)
      let run = try train(folder.path)
      #expect(run.status == 1, "\(run)")
      #expect(run.messages.contains("it is a symbolic link to \(target)"), "\(run)")
      #expect(try Data(contentsOf: URL(fileURLWithPath: target)) == before)
      #expect(try folder.names == ["vae-digits.h5"])
    }

    @Test("A zoo that cannot be written is told before training, and can be read")
    func readOnly() throws {
      let folder = try TemporaryFolder()
      #expect(try train(folder.path).status == 0)
      // Nobody, not even root, makes files in /proc.
      let unwritable = try runCommand(
        arguments + ["100000", "--zoo", "/proc/self/fdinfo"])
      #expect(unwritable.status == 1 && unwritable.output.isEmpty, "\(unwritable)")
      #expect(unwritable.messages.contains("/proc/self/fdinfo"), "\(unwritable)")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o555], ofItemAtPath: folder.path)
      defer {
        do {
          try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: folder.path)
        } catch { Issue.record(error) }
      }
      for command in [
        ["list"], ["info", "vae-digits"], ["verify", "--full", "vae-digits"],
      ] {
        let run = try runCommand(command + ["--zoo", folder.path])
        #expect(run.status == 0 && run.output.contains("vae-digits"), "\(run)")
      }
      guard getuid() != 0 else { return }
      let run = try train(folder.path)
      #expect(run.status == 1 && run.messages.contains("permission denied"), "\(run)")
      #expect(try folder.names == ["vae-digits.h5"])
    }
  }
}
