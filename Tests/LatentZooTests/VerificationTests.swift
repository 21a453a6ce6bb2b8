import Foundation
import HDF5
import LatentZoo
import TestSupport
import Testing

@Suite struct VerificationTests {
  /// Writes a small model and lets `body` damage its file.
  private func verify(
    _ depth: Verification.Depth, damaging body: (inout Data) throws -> Void = { _ in }
  ) throws -> Verification {
    try withTemporaryFolder { folder in
      let path = "\(folder)/toy.h5"
      let (toy, specification) = try toyModel()
      try Checkpoint.write(Model(toy, record: .sample(specification, toy)), to: path)
      var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      try body(&bytes)
      try bytes.write(to: URL(fileURLWithPath: path))
      return Checkpoint.verify(at: path, depth)
    }
  }

  @Test(
    "A sound file is told with everything it holds", arguments: [Verification.Depth.quick, .full])
  func sound(_ depth: Verification.Depth) throws {
    let report = try verify(depth)
    #expect(report.isSound, "\(report.faults)")
    #expect(report.name == "test-model" && report.formatVersion == "1.0")
    #expect(report.sha256?.count == 64)
    #expect(report.holds.contains("networks") && report.holds.contains("history"))
    let weight = try #require(report.parts.first { $0.path == "networks/encoder/weight" })
    #expect(weight.type == "float32" && weight.shape == [2, 4])
    #expect(weight.isIntact == (depth == .full ? true : nil))
  }

  @Test("A changed weight is found by a full look, and by opening the model") func weight() throws {
    let change = { (bytes: inout Data) in
      let weight = try toyModel().0.encoder.weight.value.scalars.withUnsafeBytes { Data($0) }
      let range = try #require(bytes.range(of: weight))
      bytes[range.lowerBound] ^= 1
    }
    #expect(try verify(.quick, damaging: change).isSound)
    let report = try verify(.full, damaging: change)
    #expect(report.faults.count == 1)
    #expect(report.faults.first?.contains("'/networks/encoder/weight'") == true)
    #expect(report.faults.first?.contains("its checksum differs") == true)
  }

  @Test("A weight that is no number is found even where its checksum is right")
  func notFinite() throws {
    let weight = try toyModel().0.encoder.weight.value.scalars
    var bad = weight
    bad[3] = .nan
    let (old, new) = (Self.bytes(of: weight), Self.bytes(of: bad))
    try withTemporaryFolder { folder in
      let path = "\(folder)/toy.h5"
      let (toy, specification) = try toyModel()
      try Checkpoint.write(Model(toy, record: .sample(specification, toy)), to: path)
      let root = try PlainFile.open(at: path).root
      let list = try root.dataset("checksums").readString()
      let newList = list.replacing(Self.sha256(old), with: Self.sha256(new))
      var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      for (part, other) in [
        (old, new), (Data(list.utf8), Data(newList.utf8)),
        (Data(Self.sha256(Data(list.utf8)).utf8), Data(Self.sha256(Data(newList.utf8)).utf8)),
      ] {
        bytes.replaceSubrange(try #require(bytes.range(of: part)), with: other)
      }
      try bytes.write(to: URL(fileURLWithPath: path))
      let expected = "\(CheckpointError.notFinite(file: path, weight: "encoder/weight"))"
      let report = Checkpoint.verify(at: path)
      #expect(report.faults == [expected])
      #expect(report.parts.allSatisfy { $0.isIntact == true })
      #expect(Checkpoint.verify(at: path, .quick).isSound)
      #expect(message { _ = try Checkpoint.read(at: path, registry: toyRegistry()) } == expected)
    }
  }

  private static func bytes(of numbers: [Float]) -> Data { numbers.withUnsafeBytes { Data($0) } }

  private static func sha256(_ bytes: Data) -> String { SHA256.hexadecimal(SHA256.hash(bytes)) }

  @Test("A changed record is found by a quick look") func record() throws {
    let report = try verify(.quick) { bytes in
      let range = try #require(bytes.range(of: Data("\"latentSize\" : 2".utf8)))
      bytes[range.upperBound - 1] = UInt8(ascii: "3")
    }
    #expect(report.faults.first?.contains("'/record'") == true, "\(report.faults)")
  }

  @Test("An attribute that disagrees with the record is found") func attribute() throws {
    let report = try verify(.quick) { bytes in
      // The attribute lies in the heap, once more in the record.
      let ranges = bytes.ranges(of: Data("test-model".utf8))
      for range in ranges.prefix(1) { bytes[range.lowerBound] = UInt8(ascii: "b") }
    }
    #expect(!report.isSound)
  }

  @Test("A file that is none is told in a sentence") func foreign() throws {
    let report = try verify(.quick) { $0 = Data("no HDF5".utf8) }
    #expect(report.faults.count == 1 && report.formatVersion == nil)
    #expect(report.faults.first?.contains("is not an HDF5 file") == true)
  }
}
