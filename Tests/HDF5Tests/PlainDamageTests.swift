import Foundation
import HDF5
import Testing

/// Files cut off and changed at random: the reader says no, or reads on, and that is all.
@Suite struct PlainDamageTests {
  let scratch: Scratch
  let whole: [UInt8]

  init() throws {
    scratch = try Scratch()
    try scratch.reopened { root in
      try root.write([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3], to: "a/b/x")
      try root.write([1, 2] as [Int64], shape: [2], to: "a/n")
      try root.writeString("text", to: "text")
      try root.writeStrings(["p", "qr"], to: "names")
      for index in 0..<20 { try root.writeAttribute("value \(index)", to: "n\(index)") }
    }.close()
    whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: scratch.path())))
  }

  /// Reads everything there is.
  private func readAll(_ bytes: [UInt8]) throws {
    let path = scratch.path("damaged.h5")
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let file = try PlainFile.open(at: path)
    for (_, dataset) in try file.datasets() {
      switch dataset.elementType {
      case .float32: _ = try dataset.read(as: Float.self)
      case .int64: _ = try dataset.read(as: Int64.self)
      case .string: _ = try dataset.readStrings(limit: 1 << 20)
      default: break
      }
    }
    for name in try file.root.attributeNames() { _ = try file.root.attributeStrings(name) }
  }

  @Test func `A file cut off anywhere is refused`() throws {
    for length in stride(from: 0, to: whole.count, by: 64) {
      #expect(throws: HDF5Error.self) { try readAll(Array(whole.prefix(length))) }
    }
  }

  @Test func `Bytes changed at random are read or refused, quickly`() throws {
    let count = Int(ProcessInfo.processInfo.environment["LATENTZOO_FUZZ"] ?? "") ?? 1500
    var random = FixedGenerator(state: 5)
    var refused = 0
    let clock = ContinuousClock()
    for round in 0..<count {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let extremes: [UInt8] = [0, 1, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &random)]
        let length = [1, 1, 2, 4, 8, 64].randomElement(using: &random) ?? 1
        let value = extremes.randomElement(using: &random) ?? 0
        for offset in place..<min(place + length, bytes.count) { bytes[offset] = value }
      }
      let start = clock.now
      do { try readAll(bytes) } catch is HDF5Error { refused += 1 }
      #expect(clock.now - start < .seconds(2), "round \(round)")
    }
    #expect(refused > count / 20)
  }

  @Test func `Two datasets over the same bytes are refused`() throws {
    let offsets = try ["a/b/x", "a/n"].map {
      try PlainFile.open(at: scratch.path()).root.dataset($0).offset ?? 0
    }
    for shift in [UInt64(0), 8] {
      var bytes = whole
      let old = withUnsafeBytes(of: offsets[1].littleEndian) { Data($0) }
      let new = withUnsafeBytes(of: (offsets[0] + shift).littleEndian) { Data($0) }
      var data = Data(bytes)
      let range = try #require(data.range(of: old))
      data.replaceSubrange(range, with: new)
      bytes = [UInt8](data)
      let error = #expect(throws: HDF5Error.self) { try readAll(bytes) }
      let text = error?.description ?? ""
      #expect(text.contains("something else") || text.contains("two things"), "\(text)")
    }
  }

  @Test func `Two members of one name are refused`() throws {
    var data = Data(whole)
    // The names of the root's members lie in its heap, each ended by NUL.
    let range = try #require(data.range(of: Data("text\0".utf8)))
    data.replaceSubrange(range, with: Data("names".utf8.prefix(5)))
    let error = #expect(throws: HDF5Error.self) { try readAll([UInt8](data)) }
    #expect(error?.description.contains("are the same or out of order") == true)
  }
}
