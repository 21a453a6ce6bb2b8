import Foundation
import HDF5
import Testing

@Suite struct StorageTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func `Elements lie at the offset, little endian`() throws {
    let values: [Float] = (0..<100).map { Float($0) * 1.5 }
    let file = try scratch.reopened { try $0.write(values, shape: [10, 10], to: "a/x") }
    let dataset = try file.root.dataset("a/x")
    let offset = Int(try #require(try dataset.offset))
    let bytes = try Data(contentsOf: URL(fileURLWithPath: scratch.path()))
    let expected = values.flatMap { value in
      withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
    }
    #expect(Array(bytes[offset..<offset + 400]) == expected)
    #expect(try dataset.storageSize == 400)
  }

  @Test func `The offset is known before anything is written, and stays`() throws {
    let file = try File.create(at: scratch.path())
    let dataset = try file.root.createDataset("x", shape: [50], of: Int64.self)
    let offset = try dataset.offset
    #expect(offset != nil)
    try dataset.write((0..<50).map { Int64($0) })
    #expect(try dataset.offset == offset)
  }

  @Test(arguments: [8, 64, 4096])
  func `Objects start at multiples of the alignment`(alignment: Int) throws {
    let file = try File.create(at: scratch.path(), alignment: alignment)
    for size in [1, 3, 10, 11, 16, 100, 1000, 5000] {
      let values = [Float](repeating: 1, count: size)
      let dataset = try file.root.write(values, shape: [size], to: "x\(size)")
      let offset = try #require(try dataset.offset)
      #expect(offset % UInt64(alignment) == 0, "size \(size)")
    }
  }

  @Test func `Objects below the threshold are packed`() throws {
    let file = try File.create(at: scratch.path(), alignment: 4096, threshold: 1000)
    for index in 0..<100 {
      try file.root.write([Float](repeating: 1, count: 3), shape: [3], to: "x\(index)")
    }
    #expect(try file.size() < 50_000)
    let large = try file.root.write([Float](repeating: 1, count: 250), shape: [250], to: "large")
    #expect(try large.offset.map { $0 % 4096 } == 0)
  }

  @Test func `Chunks can be compressed`() throws {
    let values = [Float](repeating: 1, count: 10_000)
    let file = try scratch.reopened { root in
      let dataset = try root.createDataset(
        "x", shape: [100, 100], of: Float.self, storage: .chunked(shape: [30, 100], deflate: 6))
      try dataset.write(values)
    }
    let dataset = try file.root.dataset("x")
    #expect(dataset.layout == .chunked)
    #expect(dataset.filters == ["deflate"])
    #expect(try dataset.offset == nil)
    #expect(try dataset.storageSize < 4000)
    #expect(try dataset.read() == values)
    #expect(try dataset.read(rows: 20..<40) == Array(values[2000..<4000]))
  }

  @Test(arguments: [
    DatasetStorage.chunked(shape: [3], deflate: 0), .chunked(shape: [0, 1], deflate: 0),
    .chunked(shape: [5, 1], deflate: 0), .chunked(shape: [2, 2], deflate: 10),
  ])
  func `Impossible chunks are refused`(storage: DatasetStorage) throws {
    let file = try File.create(at: scratch.path())
    guard case .chunked(let chunk, _) = storage else { return }
    let error = HDF5Error.invalidShape(file: scratch.path(), object: "/x", shape: chunk)
    #expect(throws: error) {
      try file.root.createDataset("x", shape: [4, 4], of: Float.self, storage: storage)
    }
  }

  @Test func `Equal contents give equal bytes`() async throws {
    func write(_ name: String) throws -> Data {
      let file = try File.create(at: scratch.path(name))
      try file.root.write([1, 2] as [Float], shape: [2], to: "a/x")
      try file.root.writeString("text", to: "a/text")
      try file.root.writeAttribute(["label"], to: "labels")
      try file.close()
      return try Data(contentsOf: URL(fileURLWithPath: scratch.path(name)))
    }
    let first = try write("first.h5")
    // Time stamps in HDF5 files count seconds.
    try await Task.sleep(for: .milliseconds(1100))
    #expect(try write("second.h5") == first)
  }

  @Test func `Small files stay small`() throws {
    let file = try File.create(at: scratch.path())
    try file.root.write([1] as [Float], shape: [1], to: "x")
    try file.close()
    let size = try Data(contentsOf: URL(fileURLWithPath: scratch.path())).count
    #expect(size < 8192)
  }
}
