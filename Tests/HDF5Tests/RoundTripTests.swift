import HDF5
import Testing

@Suite struct RoundTripTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func check<T: Scalar & Equatable>(
    _ values: [T], shape: [Int], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = try scratch.reopened { try $0.write(values, shape: shape, to: "values") }
    let dataset = try file.root.dataset("values")
    #expect(dataset.shape == shape, sourceLocation: sourceLocation)
    #expect(dataset.elementType == T.elementType, sourceLocation: sourceLocation)
    #expect(dataset.layout == .contiguous, sourceLocation: sourceLocation)
    #expect(dataset.filters == [], sourceLocation: sourceLocation)
    #expect(try dataset.read(as: T.self) == values, sourceLocation: sourceLocation)
  }

  @Test func `Floats come back as they were`() throws {
    try check([0, -0.0, 1.5, .infinity, .leastNonzeroMagnitude, .pi] as [Float], shape: [2, 3])
  }

  @Test func `Doubles come back as they were`() throws {
    try check([0, 1e300, -.infinity, .pi] as [Double], shape: [4])
  }

  @Test func `64-bit integers come back as they were`() throws {
    try check([.min, -1, 0, .max] as [Int64], shape: [2, 1, 2])
  }

  @Test func `32-bit integers come back as they were`() throws {
    try check([.min, -1, 0, .max] as [Int32], shape: [4])
  }

  @Test func `Bytes come back as they were`() throws {
    try check(Array(0...255) as [UInt8], shape: [16, 16])
  }

  @Test func `NaN keeps its bits`() throws {
    let values = [Float(nan: 5, signaling: false), -Float.nan]
    let file = try scratch.reopened { try $0.write(values, shape: [2], to: "nan") }
    let read = try file.root.dataset("nan").read(as: Float.self)
    #expect(read.map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test(arguments: [
    ([36 << 20], [32 << 20, 4 << 20]), ([3, 12 << 20], [24 << 20, 12 << 20]),
    ([1, 36 << 20], [36 << 20]), ([5], [5]), ([], [1]),
  ])
  func `Large data are written piece by piece`(shape: [Int], pieces: [Int]) throws {
    let values = (0..<shape.reduce(1, *)).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
    var told: [Int] = []
    let file = try scratch.reopened { root in
      try values.withUnsafeBufferPointer { buffer in
        _ = try root.write(from: buffer, shape: shape, to: "x") { told.append($0) }
      }
    }
    #expect(told == pieces)
    #expect(try file.root.dataset("x").read(as: UInt8.self) == values)
  }

  @Test func `A file may be brought to the disk while it is being made`() throws {
    let file = try File.create(at: scratch.path())
    try file.reserve(4 << 20)
    try file.reserve(.max)
    try file.reserve(0)
    try file.root.write([1, 2] as [Float], shape: [2], to: "x")
    try file.beginSync()
    try file.root.write([3] as [Float], shape: [1], to: "y")
    try file.close()
    #expect(throws: HDF5Error.closed(file: scratch.path(), object: "/")) { try file.beginSync() }
    let size = try PlainFile.open(at: scratch.path()).size
    #expect(size < 1 << 20)
    #expect(try PlainFile.open(at: scratch.path()).root.dataset("x").read() == [1, 2] as [Float])
  }

  @Test func `A single element has no axes`() throws {
    try check([7 as Int32], shape: [])
  }

  @Test(arguments: [[0], [0, 3], [3, 0], [2, 0, 2]])
  func `A dataset may have no elements`(shape: [Int]) throws {
    try check([] as [Float], shape: shape)
  }

  @Test func `A dataset without elements has no offset`() throws {
    let file = try scratch.reopened { try $0.write([] as [Float], shape: [0], to: "none") }
    #expect(try file.root.dataset("none").offset == nil)
  }

  @Test func `A created dataset is zero until it is written`() throws {
    let file = try scratch.reopened { try $0.createDataset("zeros", shape: [3], of: Double.self) }
    #expect(try file.root.dataset("zeros").read(as: Double.self) == [0, 0, 0])
  }

  @Test func `Elements are read straight into memory`() throws {
    let file = try scratch.reopened { try $0.write([1, 2, 3] as [Float], shape: [3], to: "x") }
    let dataset = try file.root.dataset("x")
    var values = [Float](repeating: 0, count: 3)
    try values.withUnsafeMutableBufferPointer { try dataset.read(into: $0) }
    #expect(values == [1, 2, 3])
    var raw = [UInt8](repeating: 0, count: 12)
    try raw.withUnsafeMutableBytes { try dataset.read(into: $0, as: Float.self) }
    #expect(raw[4..<8] == [0, 0, 0, 0x40])
  }

  @Test func `A file opened for writing can be changed`() throws {
    _ = try scratch.reopened { try $0.write([1, 2] as [Int32], shape: [2], to: "x") }.close()
    let file = try File.open(at: scratch.path(), writable: true)
    try file.root.dataset("x").write([3, 4] as [Int32])
    try file.close()
    let again = try File.open(at: scratch.path())
    #expect(try again.root.dataset("x").read(as: Int32.self) == [3, 4])
  }

  @Test func `Random shapes and types come back as they were`() throws {
    var random = FixedGenerator(state: 20)
    let shapes = (0..<60).map { _ in
      (0..<Int.random(in: 0...5, using: &random)).map { _ in Int.random(in: 0...4, using: &random) }
    }
    let bytes = shapes.map { shape in
      (0..<shape.reduce(1, *)).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
    let file = try scratch.reopened { root in
      for (index, shape) in shapes.enumerated() {
        let values = bytes[index]
        switch index % 5 {
        case 0: try root.write(values, shape: shape, to: "\(index)")
        case 1: try root.write(values.map { Float($0) / 3 }, shape: shape, to: "a/\(index)")
        case 2: try root.write(values.map { Double($0) / 7 }, shape: shape, to: "b/c/\(index)")
        case 3: try root.write(values.map { Int32($0) - 99 }, shape: shape, to: "a/b/\(index)")
        default: try root.write(values.map { Int64($0) << 40 }, shape: shape, to: "d/\(index)")
        }
      }
    }
    for (index, shape) in shapes.enumerated() {
      let values = bytes[index]
      let folder = ["", "a/", "b/c/", "a/b/", "d/"][index % 5]
      let dataset = try file.root.dataset("\(folder)\(index)")
      #expect(dataset.shape == shape)
      switch index % 5 {
      case 0: #expect(try dataset.read() == values)
      case 1: #expect(try dataset.read() == values.map { Float($0) / 3 })
      case 2: #expect(try dataset.read() == values.map { Double($0) / 7 })
      case 3: #expect(try dataset.read() == values.map { Int32($0) - 99 })
      default: #expect(try dataset.read() == values.map { Int64($0) << 40 })
      }
    }
  }
}
