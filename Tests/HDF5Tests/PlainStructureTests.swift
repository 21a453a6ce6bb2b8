import Foundation
import HDF5
import Testing

/// Structures that lead round in circles or say what cannot be, made by hand.
@Suite struct PlainStructureTests {
  let scratch: Scratch
  let whole: [UInt8]

  init() throws {
    scratch = try Scratch()
    try scratch.reopened { root in
      try root.write([1, 2, 3, 4] as [Float], shape: [4], to: "a/x")
      try root.writeString("text", to: "text")
      for index in 0..<20 { try root.writeAttribute("value \(index)", to: "n\(index)") }
    }.close()
    whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: scratch.path())))
  }

  private func number(at place: Int, _ size: Int, in bytes: [UInt8]) -> Int {
    (0..<size).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
  }

  private func set(_ value: UInt64, at place: Int, _ size: Int, in bytes: inout [UInt8]) {
    for index in 0..<size { bytes[place + index] = UInt8(truncatingIfNeeded: value >> (8 * index)) }
  }

  /// First byte of the root group's header.
  private var root: Int { number(at: 64, 8, in: whole) }

  /// First byte of a message of some kind in the first block of the root group's header.
  private func message(_ kind: Int) throws -> Int {
    var place = root + 16
    while place < root + 16 + number(at: root + 8, 4, in: whole) {
      if number(at: place, 2, in: whole) == kind { return place }
      place += 8 + number(at: place + 2, 2, in: whole)
    }
    return try #require(nil as Int?)
  }

  /// First byte of a structure that begins with some letters.
  private func structure(_ signature: String) throws -> Int {
    try #require(Data(whole).range(of: Data(signature.utf8))?.lowerBound)
  }

  /// What is said about the file after a change.
  private func refusal(_ change: (inout [UInt8]) throws -> Void) throws -> String {
    var bytes = whole
    try change(&bytes)
    let path = scratch.path("changed.h5")
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    do {
      let file = try PlainFile.open(at: path)
      for (_, dataset) in try file.datasets() where dataset.elementType == .string {
        _ = try dataset.readStrings()
      }
      for name in try file.root.attributeNames() { _ = try file.root.attributeStrings(name) }
      return "nothing was thrown"
    } catch { return "\(error)".replacing("'\(path)'", with: "FILE") }
  }

  @Test func `Unchanged, it is read`() throws {
    #expect(try refusal { _ in } == "nothing was thrown")
  }

  @Test func `A header that goes on in itself is refused`() throws {
    let text = try refusal { bytes in
      set(UInt64(root), at: try message(0x10) + 8, 8, in: &bytes)
    }
    #expect(text.contains("its header lies at \(root) where something else does"), "\(text)")
  }

  @Test func `A header that goes on without end is refused`() throws {
    let text = try refusal { bytes in
      set(.max - 8, at: try message(0x10) + 16, 8, in: &bytes)
    }
    #expect(text.contains("goes on for more than"), "\(text)")
  }

  @Test func `A tree that contains itself is refused`() throws {
    let text = try refusal { bytes in
      let tree = try structure("TREE")
      set(1, at: tree + 5, 1, in: &bytes)
      set(UInt64(tree), at: tree + 32, 8, in: &bytes)
    }
    #expect(text.contains("has levels out of order"), "\(text)")
  }

  @Test func `A tree with the same leaf twice is refused`() throws {
    let text = try refusal { bytes in
      let tree = try structure("TREE")
      set(2, at: tree + 6, 2, in: &bytes)
      set(UInt64(number(at: tree + 32, 8, in: bytes)), at: tree + 48, 8, in: &bytes)
    }
    #expect(text.contains("where something else does"), "\(text)")
  }

  @Test func `A heap larger than the file is refused`() throws {
    let text = try refusal { bytes in set(1 << 62, at: try structure("GCOL") + 8, 8, in: &bytes) }
    #expect(text.contains("beyond the end of the file"), "\(text)")
  }

  @Test func `Text longer than its place in the heap is refused`() throws {
    let text = try refusal { bytes in
      let offset = Int(
        try #require(try PlainFile.open(at: scratch.path()).root.dataset("text").offset))
      set(1 << 30, at: offset, 4, in: &bytes)
    }
    #expect(text.contains("has 1073741824 bytes of text, more than the limit"), "\(text)")
    let longer = try refusal { bytes in
      let offset = Int(
        try #require(try PlainFile.open(at: scratch.path()).root.dataset("text").offset))
      set(4000, at: offset, 4, in: &bytes)
    }
    #expect(longer.contains("is longer than its place in the heap"), "\(longer)")
  }

  @Test func `A shape larger than memory is refused`() throws {
    let text = try refusal { bytes in
      // The only dataspace of rank 1 with 4 elements: version 1, rank 1, maximal sizes.
      let space = Data([1, 1, 1, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0])
      let place = try #require(Data(bytes).range(of: space)?.lowerBound)
      set(1 << 62, at: place + 8, 8, in: &bytes)
    }
    #expect(text.contains("declares shape [4611686018427387904]"), "\(text)")
  }

  @Test func `An unknown message that must be known is refused, and another read over`() throws {
    // The attributes lie where the header goes on.
    var attribute = number(at: try message(0x10) + 8, 8, in: whole)
    while number(at: attribute, 2, in: whole) != 0x0C {
      attribute += 8 + number(at: attribute + 2, 2, in: whole)
    }
    let refused = try refusal { bytes in
      set(0x77, at: attribute, 2, in: &bytes)
      set(0x80, at: attribute + 4, 1, in: &bytes)
    }
    #expect(refused.contains("something essential and unknown (message 119)"), "\(refused)")
    let ignored = try refusal { bytes in set(0x77, at: attribute, 2, in: &bytes) }
    #expect(ignored == "nothing was thrown")
  }

  @Test func `A file that says it ends elsewhere is refused`() throws {
    let text = try refusal { bytes in set(UInt64(whole.count + 1), at: 40, 8, in: &bytes) }
    #expect(
      text == "FILE is cut off: it has \(whole.count) of \(whole.count + 1) bytes; "
        + "copy or download it again.")
    let early = try refusal { bytes in set(200, at: 40, 8, in: &bytes) }
    #expect(early.contains("beyond the end of the file"), "\(early)")
  }
}
