import HDF5
import Testing

@Suite struct GroupTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func `Members are listed by name with their kinds`() throws {
    let file = try scratch.reopened { root in
      try root.write([1] as [Float], shape: [1], to: "weights")
      try root.createGroup("encoder")
      try root.createGroup("Größe")
    }
    #expect(try file.root.members().map(\.name) == ["Größe", "encoder", "weights"])
    #expect(try file.root.members().map(\.kind) == [.group, .group, .dataset])
    #expect(try file.root.members().allSatisfy { $0.link == .hard })
  }

  @Test func `Groups on the way are made`() throws {
    let file = try scratch.reopened { root in
      try root.createGroup("a/b/c")
      try root.write([2] as [Float], shape: [1], to: "a/b/d/weight")
    }
    #expect(try file.root.group("a/b").members().map(\.name) == ["c", "d"])
    #expect(try file.root.dataset("a/b/d/weight").path == "/a/b/d/weight")
    #expect(try file.root.group("a").group("b").group("c").path == "/a/b/c")
  }

  @Test func `Absolute paths start at the root`() throws {
    let file = try scratch.reopened { try $0.createGroup("a/b") }
    let inner = try file.root.group("/a/b")
    #expect(try inner.group("/a").path == "/a")
    #expect(try inner.group("/").path == "/")
    #expect(try inner.contains("/a/b"))
    #expect(try !inner.contains("a"))
  }

  @Test func `Asking for a name does not fail where the way is missing`() throws {
    let file = try scratch.reopened { try $0.write([1] as [Float], shape: [], to: "x") }
    #expect(try file.root.contains("x"))
    #expect(try !file.root.contains("y/z"))
    #expect(try !file.root.contains("x/z"))
  }

  @Test func `A missing member is named in the error`() throws {
    let file = try scratch.reopened { try $0.createGroup("a") }
    let error = #expect(throws: HDF5Error.self) { try file.root.dataset("a/b/c") }
    #expect(error?.description == "'\(scratch.path())' has no '/a/b'.")
  }

  @Test func `A group is not a dataset, nor a dataset a group`() throws {
    let file = try scratch.reopened { root in
      try root.createGroup("g")
      try root.write([1] as [Float], shape: [], to: "d")
    }
    let error = #expect(throws: HDF5Error.self) { try file.root.dataset("g") }
    #expect(error?.description == "'/g' in '\(scratch.path())' is a group, expected a dataset.")
    #expect(
      throws: HDF5Error.wrongKind(
        file: scratch.path(), object: "/d", expected: .group, found: .dataset)
    ) { try file.root.group("d/e") }
  }

  @Test func `A name is given once`() throws {
    let file = try File.create(at: scratch.path())
    try file.root.createGroup("a")
    let error = #expect(throws: HDF5Error.self) { try file.root.createGroup("a") }
    #expect(
      error?.description == "'\(scratch.path())' has '/a' already; choose another name.")
    #expect(throws: HDF5Error.objectExists(file: scratch.path(), object: "/a")) {
      try file.root.write([1] as [Float], shape: [], to: "a")
    }
  }

  @Test(arguments: ["", "/", "a//b", "a/", "./a", "a/.", "a\0b"])
  func `Names that HDF5 would read otherwise are refused`(name: String) throws {
    let file = try File.create(at: scratch.path())
    let error = #expect(throws: HDF5Error.self) { try file.root.createGroup(name) }
    #expect(error == .invalidName(file: scratch.path(), name: name))
  }

  @Test func `A group in a dataset is refused`() throws {
    let file = try File.create(at: scratch.path())
    try file.root.write([1] as [Float], shape: [], to: "x")
    #expect(
      throws: HDF5Error.wrongKind(
        file: scratch.path(), object: "/x", expected: .group, found: .dataset)
    ) { try file.root.createGroup("x/y") }
  }

  @Test(arguments: [[-1], [.max, 2], Array(repeating: 1, count: 33), [.max / 4]])
  func `Impossible shapes are refused`(shape: [Int]) throws {
    let file = try File.create(at: scratch.path())
    let error = HDF5Error.invalidShape(file: scratch.path(), object: "/x", shape: shape)
    #expect(throws: error) { try file.root.createDataset("x", shape: shape, of: Float.self) }
    #expect(try !file.root.contains("x"))
  }

  @Test func `A shape takes as many elements as it says`() throws {
    let file = try File.create(at: scratch.path())
    let error = #expect(throws: HDF5Error.self) {
      try file.root.write([1, 2, 3] as [Float], shape: [2, 2], to: "x")
    }
    #expect(error?.description == "'/x' in '\(scratch.path())' takes 4 elements, not 3.")
    #expect(try !file.root.contains("x"))
  }
}
