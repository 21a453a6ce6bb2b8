import HDF5
import Testing

@Suite struct BlockTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func grid() throws -> Dataset {
    let file = try scratch.reopened { root in
      try root.write((0..<24).map(Int32.init), shape: [4, 3, 2], to: "grid")
    }
    return try file.root.dataset("grid")
  }

  @Test func `Rows are read whole along the other axes`() throws {
    #expect(try grid().read(rows: 1..<3) == (6..<18).map(Int32.init))
  }

  @Test func `No rows are no elements`() throws {
    #expect(try grid().read(rows: 4..<4, as: Int32.self) == [])
  }

  @Test func `A block is read along all axes`() throws {
    #expect(try grid().read(start: [1, 0, 1], count: [2, 2, 1]) == [7, 9, 13, 15] as [Int32])
  }

  @Test func `Every block equals the same part of the whole`() throws {
    let dataset = try grid()
    var random = FixedGenerator(state: 3)
    for _ in 0..<50 {
      let start = dataset.shape.map { Int.random(in: 0...$0, using: &random) }
      let count = zip(dataset.shape, start).map { Int.random(in: 0...($0 - $1), using: &random) }
      var expected: [Int32] = []
      for i in 0..<count[0] {
        for j in 0..<count[1] {
          for k in 0..<count[2] {
            expected.append(Int32(((start[0] + i) * 3 + start[1] + j) * 2 + start[2] + k))
          }
        }
      }
      #expect(try dataset.read(start: start, count: count) == expected)
    }
  }

  @Test func `A block is read straight into memory`() throws {
    let dataset = try grid()
    var values = [Int32](repeating: -1, count: 4)
    try values.withUnsafeMutableBufferPointer {
      try dataset.read(into: $0, start: [0, 1, 0], count: [2, 1, 2])
    }
    #expect(values == [2, 3, 8, 9])
    var rows = [Int32](repeating: -1, count: 6)
    try rows.withUnsafeMutableBufferPointer { try dataset.read(into: $0, rows: 3..<4) }
    #expect(rows == (18..<24).map(Int32.init))
  }

  @Test func `Blocks are written where they belong`() throws {
    let file = try scratch.reopened { root in
      let dataset = try root.createDataset("grid", shape: [3, 3], of: Float.self)
      try dataset.write([1, 2, 3] as [Float], rows: 1..<2)
      try dataset.write([7, 8] as [Float], start: [0, 2], count: [2, 1])
    }
    #expect(try file.root.dataset("grid").read() == [0, 0, 7, 1, 2, 8, 0, 0, 0] as [Float])
  }

  @Test(arguments: [
    ([0, 0, 1], [4, 3, 2]), ([-1, 0, 0], [1, 1, 1]), ([0, 0, 0], [1, -1, 1]), ([0, 0], [1, 1]),
    ([5, 0, 0], [0, 0, 0]), ([1, 0, 0], [.max, 1, 1]),
  ])
  func `A block outside the dataset is refused`(start: [Int], count: [Int]) throws {
    let dataset = try grid()
    let error = HDF5Error.outOfBounds(
      file: scratch.path(), object: "/grid", start: start, count: count, shape: [4, 3, 2])
    #expect(throws: error) { try dataset.read(start: start, count: count, as: Int32.self) }
  }

  @Test(arguments: [-1..<1, 3..<5, 5..<5, .min ..< .max, 0..<(.max)])
  func `Rows outside the dataset are refused`(rows: Range<Int>) throws {
    let dataset = try grid()
    #expect(throws: HDF5Error.self) { try dataset.read(rows: rows, as: Int32.self) }
  }

  @Test func `Rows of a single element are refused`() throws {
    let file = try scratch.reopened { try $0.write([1 as Float], shape: [], to: "one") }
    let error = #expect(throws: HDF5Error.self) {
      try file.root.dataset("one").read(rows: 0..<1, as: Float.self)
    }
    #expect(
      error?.description
        == "The block [1] at [0] does not lie in '/one' of shape [] in '\(scratch.path())'.")
  }

  @Test func `Memory of another size is refused`() throws {
    let dataset = try grid()
    var values = [Int32](repeating: -1, count: 23)
    let error = #expect(throws: HDF5Error.self) {
      try values.withUnsafeMutableBufferPointer { try dataset.read(into: $0) }
    }
    #expect(
      error?.description == "'/grid' in '\(scratch.path())' takes 24 elements, not 23.")
  }
}
