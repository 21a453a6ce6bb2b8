import Foundation
import TestSupport
import Testing

@testable import LatentZoo

@Suite struct DurableFileTests {
  @Test("A file that finds no room is refused before any work is done")
  func room() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/model.h5"
      try DurableFile.checkRoom(for: 1, at: path)
      let text = message { try DurableFile.checkRoom(for: .max, at: path) }
      #expect(text.hasPrefix("\(path) cannot be written: it needs "))
      #expect(text.hasSuffix("choose another folder with --zoo"))
    }
  }

  @Test("Whoever fails half-way leaves the old file and no litter")
  func halfWay() throws {
    struct Failure: Error {}
    try withTemporaryFolder { folder in
      let path = "\(folder)/model.h5"
      try "old".write(toFile: path, atomically: true, encoding: .utf8)
      for step in ["write", "verify"] {
        #expect(throws: Failure.self) {
          try DurableFile.replace(
            path,
            write: { temporary in
              try "new".write(toFile: temporary, atomically: false, encoding: .utf8)
              if step == "write" { throw Failure() }
            }, verify: { _ in throw Failure() })
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["model.h5"])
      }
    }
  }
}
