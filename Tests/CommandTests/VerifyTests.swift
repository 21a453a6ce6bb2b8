import Foundation
import Testing

extension CommandTests {
  @Suite struct VerifyTests {
    @Test("Sound models are a line each, and the whole zoo may be named") func sound() throws {
      let zoo = try TrainedZoo.shared()
      for full in [[], ["--full"]] {
        let run = try runCommand(
          ["verify", "vae-digits", zoo.path(of: "deep-ae-digits"), "--zoo", zoo.folder.path] + full)
        #expect(run.status == 0 && run.messages.isEmpty, "\(run)")
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 2, "\(run)")
        #expect(lines.allSatisfy { $0.contains(": sound, format 1.0, ") }, "\(run)")
      }
    }

    @Test("A damaged model is told in a line, and the others still are") func damaged() throws {
      let zoo = try TrainedZoo.shared()
      let folder = try TemporaryFolder()
      var bytes = try Data(contentsOf: URL(fileURLWithPath: zoo.path(of: "vae-digits")))
      let record = try #require(bytes.range(of: Data("\"latentSize\" : ".utf8)))
      bytes[record.upperBound] = UInt8(ascii: "7")
      let path = "\(folder.path)/bad.h5"
      try bytes.write(to: URL(fileURLWithPath: path))
      try "text".write(toFile: "\(folder.path)/none.h5", atomically: true, encoding: .utf8)
      let run = try runCommand(
        ["verify", path, "\(folder.path)/none.h5", zoo.path(of: "vae-digits"), "--json"])
      #expect(run.status == 1 && run.messages.isEmpty, "\(run)")
      let files = try #require(try run.json()["files"] as? [[String: Any]])
      let faults = files.compactMap { ($0["faults"] as? [String])?.count }
      #expect(faults == [2, 1, 0] || faults == [1, 1, 0], "\(run)")
      let text = try runCommand(["verify", path])
      #expect(text.status == 1 && text.output.contains("bad.h5: damaged: "), "\(text)")
    }

    @Test("Opening a damaged model says what is wrong") func opening() throws {
      let zoo = try TrainedZoo.shared()
      let folder = try TemporaryFolder()
      var bytes = try Data(contentsOf: URL(fileURLWithPath: zoo.path(of: "vae-digits")))
      let report = try runCommand(["info", zoo.path(of: "vae-digits"), "--weights", "--json"])
      let tensors = try #require(try report.json()["tensors"] as? [[String: Any]])
      let offset = try #require(tensors.first?["byteOffset"] as? Int)
      bytes[offset] ^= 1
      try bytes.write(to: URL(fileURLWithPath: "\(folder.path)/bad.h5"))
      let run = try runCommand(["sample", "\(folder.path)/bad.h5", "--out", "x.png"])
      #expect(run.status == 1 && run.messages.contains("its checksum differs"), "\(run)")
    }
  }
}
