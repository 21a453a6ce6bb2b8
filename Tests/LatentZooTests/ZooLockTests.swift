import Foundation
import TestSupport
import Testing

@testable import LatentZoo

@Suite struct ZooLockTests {
  @Test("Another process that writes the model is named, and its lock respected") func held() throws
  {
    try withTemporaryFolder { folder in
      let model = "\(folder)/vae.h5"
      let owner = try LockingProcess(holding: "\(folder)/.vae.lock")
      let text = message { _ = try ZooLock(for: model) }
      #expect(
        text == "\(model) is being written by process \(owner.identifier); wait for it to end, "
          + "or choose another --name")
      #expect(message { try Checkpoint.write(try toyCheckpoint(), to: model) } == text)
      owner.end()
      let lock = try ZooLock(for: model)
      lock.release()
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }

  @Test("The lock of a killed process is taken over") func stale() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/.vae.lock"
      try "999999\n".write(toFile: path, atomically: false, encoding: .utf8)
      let lock = try ZooLock(for: "\(folder)/vae.h5")
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "\(getpid())\n")
      lock.release()
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }

  @Test("A save within a training uses the training's lock") func nested() throws {
    try withTemporaryFolder { folder in
      let model = "\(folder)/toy.h5"
      let lock = try ZooLock(for: model)
      try Checkpoint.write(try toyCheckpoint(), to: model)
      let during = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(during == [".toy.lock", "toy.h5"])
      lock.release()
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["toy.h5"])
    }
  }

  @Test("A lock that is a link is not followed") func link() throws {
    try withTemporaryFolder { folder in
      let target = "\(folder)/victim"
      try "text".write(toFile: target, atomically: false, encoding: .utf8)
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/.vae.lock", withDestinationPath: target)
      #expect(message { _ = try ZooLock(for: "\(folder)/vae.h5") }.contains("cannot be written"))
      #expect(try String(contentsOfFile: target, encoding: .utf8) == "text")
    }
  }
}

/// A small untrained model.
private func toyCheckpoint() throws -> Model {
  let (toy, specification) = try toyModel()
  return Model(toy, record: .sample(specification, toy))
}

/// Another process that holds a lock file until it is ended.
private final class LockingProcess {
  private let process = Process()
  let identifier: Int32

  init(holding path: String) throws {
    // flock(1) would not write its number; the shell does, and keeps the lock as descriptor 9.
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = [
      "-c", "exec 9>\"$0\"; flock 9; echo $$ >&9; echo ready; exec sleep 60", path,
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    identifier = process.processIdentifier
    _ = pipe.fileHandleForReading.availableData
  }

  func end() {
    kill(identifier, SIGKILL)
    process.waitUntilExit()
  }

  deinit { if process.isRunning { end() } }
}
