import Foundation
import HDF5
import Testing

/// What libhdf5 writes, read without it.
@Suite struct PlainFileTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// Writes a file with `body` and opens it as one nobody has to trust.
  private func plain(_ body: (Group) throws -> Void) throws -> PlainFile {
    try scratch.reopened(writing: body).close()
    return try PlainFile.open(at: scratch.path())
  }

  @Test(arguments: [[], [0], [1], [5], [3, 0, 2], [2, 3], [1, 2, 1, 4, 1, 3], [1000, 257]])
  func `Numbers of every type come back`(shape: [Int]) throws {
    var random = FixedGenerator(state: UInt64(shape.count))
    let count = shape.reduce(1, *)
    let bits = (0..<count).map { _ in random.next() }
    let floats = bits.map { Float($0 >> 40) - 1000 }
    let doubles = bits.map { Double($0) / 3 }
    let longs = bits.map { Int64(bitPattern: $0) }
    let ints = bits.map { Int32(truncatingIfNeeded: $0) }
    let bytes = bits.map { UInt8(truncatingIfNeeded: $0) }
    let file = try plain { root in
      try root.write(floats, shape: shape, to: "floats")
      try root.write(doubles, shape: shape, to: "a/doubles")
      try root.write(longs, shape: shape, to: "a/b/longs")
      try root.write(ints, shape: shape, to: "a/b/ints")
      try root.write(bytes, shape: shape, to: "bytes")
    }
    let root = file.root
    #expect(try root.dataset("floats").shape == shape)
    #expect(try root.dataset("floats").read() == floats)
    #expect(try root.dataset("a/doubles").read() == doubles)
    #expect(try root.group("a").dataset("b/longs").read() == longs)
    #expect(try root.group("a/b").dataset("/a/b/ints").read() == ints)
    #expect(try root.dataset("bytes").read() == bytes)
    var streamed: [Float] = []
    try root.dataset("floats").forEachBlock(as: Float.self) { streamed += $0 }
    #expect(streamed == floats)
    let paths = try file.datasets().map(\.path)
    #expect(paths == ["a/b/ints", "a/b/longs", "a/doubles", "bytes", "floats"])
  }

  @Test func `Text and attributes come back`() throws {
    let long = String(repeating: "grün ", count: 100_000)
    let file = try plain { root in
      try root.writeString(long, to: "long")
      try root.writeString("", to: "empty")
      try root.writeStrings(["cat", "", "dög"], to: "labels")
      try root.writeAttribute("größe", to: "title")
      try root.writeAttribute(["a", "bc"], to: "names")
      try root.writeAttribute(Int64(-3), to: "version")
      try root.writeAttribute([0.5, 0.25] as [Float], to: "means")
      for index in 0..<100 { try root.writeAttribute(Int32(index), to: "n\(index)") }
    }
    let root = file.root
    #expect(try root.dataset("long").readString() == long)
    #expect(try root.dataset("empty").readString() == "")
    #expect(try root.dataset("labels").readStrings() == ["cat", "", "dög"])
    #expect(try root.attributeString("title") == "größe")
    #expect(try root.attributeStrings("names") == ["a", "bc"])
    #expect(try root.attributeValue("version") == Int64(-3))
    #expect(try root.attributeValues("means") == [0.5, 0.25] as [Float])
    #expect(try root.attributeValue("n99") == Int32(99))
    #expect(try root.attributeNames().count == 104)
    #expect(try root.hasAttribute("nothing") == false)
  }

  @Test func `A group of thousands of members is listed in order`() throws {
    let names = (0..<3000).map { "member-\($0)" }
    let file = try plain { root in
      for name in names { try root.write([1] as [UInt8], shape: [], to: "many/\(name)") }
    }
    #expect(try file.root.group("many").members().map(\.name) == names.sorted())
    #expect(try file.root.contains("many/member-1234"))
    #expect(try file.root.contains("many/member-3000") == false)
    #expect(try file.datasets().count == 3000)
  }

  @Test func `Elements lie where libhdf5 says`() throws {
    let file = try plain { try $0.write([1, 2, 3] as [Float], shape: [3], to: "x") }
    let offset = try File.open(at: scratch.path()).root.dataset("x").offset
    #expect(try file.root.dataset("x").offset == offset)
  }

  @Test func `What is not there is told`() throws {
    let path = scratch.path()
    let root = try plain { try $0.write([1] as [Float], shape: [1], to: "a/x") }.root
    #expect(throws: HDF5Error.objectNotFound(file: path, object: "/b")) { try root.group("b") }
    #expect(throws: HDF5Error.objectNotFound(file: path, object: "/a/y")) {
      try root.dataset("a/y")
    }
    #expect(
      throws: HDF5Error.wrongKind(file: path, object: "/a", expected: .dataset, found: .group)
    ) { try root.dataset("a") }
    #expect(
      throws: HDF5Error.wrongKind(file: path, object: "/a/x", expected: .group, found: .dataset)
    ) { try root.group("a/x") }
    #expect(
      throws: HDF5Error.wrongType(
        file: path, object: "/a/x", expected: .float64, found: .float32)
    ) { try root.dataset("a/x").read(as: Double.self) }
    #expect(throws: HDF5Error.objectNotFound(file: path, object: "/a@n")) {
      try root.group("a").attributeString("n")
    }
  }

  @Test func `Files that are none are refused before anything is read`() throws {
    #expect(throws: HDF5Error.fileNotFound(file: scratch.path("no"))) {
      try PlainFile.open(at: scratch.path("no"))
    }
    #expect(throws: HDF5Error.notRegularFile(file: scratch.folder.path)) {
      try PlainFile.open(at: scratch.folder.path)
    }
    #expect(throws: HDF5Error.notRegularFile(file: "/dev/null")) {
      try PlainFile.open(at: "/dev/null")
    }
    try "no HDF5".write(toFile: scratch.path(), atomically: false, encoding: .utf8)
    #expect(throws: HDF5Error.notHDF5(file: scratch.path())) {
      try PlainFile.open(at: scratch.path())
    }
  }

  @Test func `Bytes read piece by piece are confirmed in the end`() throws {
    let values = (0..<1000).map(Float.init)
    let file = try plain { try $0.write(values, shape: [10, 100], to: "x") }
    let right = ContentChecks(["x": try file.root.dataset("x").digest(Sum())]) { Sum() }
    let dataset = try file.checked(against: right).root.dataset("x")
    var (bytes, sum) = ([UInt8](repeating: 0, count: 4000), Sum())
    try bytes.withUnsafeMutableBytes { bytes in
      for piece in [0..<3, 3..<2048, 2048..<4000] {
        try dataset.readBytes(
          into: UnsafeMutableRawBufferPointer(rebasing: bytes[piece]), from: piece.lowerBound)
      }
      sum.update(UnsafeRawBufferPointer(bytes))
    }
    #expect(bytes == values.withUnsafeBytes { Array($0) })
    try dataset.confirm(sum.finish())
    #expect(throws: HDF5Error.contentDiffers(file: scratch.path(), object: "/x")) {
      try dataset.confirm([0])
    }
    try file.root.dataset("x").confirm([0])
  }

  @Test func `Contents that differ from their digest are not handed over`() throws {
    let file = try plain { root in
      try root.write([1, 2, 3] as [Float], shape: [3], to: "a/x")
      try root.writeString("text", to: "text")
    }
    let digests = try file.datasets().map { ($0.path, try $0.dataset.digest(Sum())) }
    let right = ContentChecks(Dictionary(uniqueKeysWithValues: digests)) { Sum() }
    let root = file.checked(against: right).root
    #expect(try root.dataset("a/x").read() == [1, 2, 3] as [Float])
    #expect(try root.dataset("text").readString() == "text")

    let wrong = ContentChecks(["a/x": [7]]) { Sum() }
    let error = #expect(throws: HDF5Error.self) {
      try file.checked(against: wrong).root.dataset("a/x").read(as: Float.self)
    }
    #expect(
      error?.description
        == "'/a/x' in '\(scratch.path())' is not what was written: its checksum differs; "
        + "copy or download the file again.")
    #expect(throws: HDF5Error.unlisted(file: scratch.path(), object: "/text")) {
      try file.checked(against: wrong).root.dataset("text").readString()
    }
  }
}

/// A digest simple enough for a test.
struct Sum: ContentDigest {
  private var sum: UInt8 = 1
  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    for byte in bytes { sum = sum &* 31 &+ byte }
  }
  func finish() -> [UInt8] { [sum] }
}
