import Foundation
import Glibc
import HDF5
import Testing

@Suite struct FileTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func sentence(_ body: () throws -> Void) -> String? {
    #expect(throws: HDF5Error.self, performing: body)?.description
  }

  @Test func `A missing file is named`() {
    #expect(
      sentence { _ = try File.open(at: scratch.path("none.h5")) }
        == "There is no file at '\(scratch.path("none.h5"))'; check the path.")
  }

  @Test(arguments: ["", "just text", String(repeating: "no ", count: 5000)])
  func `A file of another kind is refused`(text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: scratch.path("a.txt")))
    #expect(
      sentence { _ = try File.open(at: scratch.path("a.txt")) }
        == "'\(scratch.path("a.txt"))' is not an HDF5 file.")
  }

  @Test func `A folder is not a file`() {
    let path = scratch.folder.path
    let expected = "'\(path)' is a folder or a device; give the path of a file."
    #expect(sentence { _ = try File.open(at: path) } == expected)
    #expect(sentence { _ = try File.create(at: path, existing: .replace) } == expected)
  }

  @Test func `A pipe is not waited for`() {
    #expect(mkfifo(scratch.path("pipe"), 0o600) == 0)
    #expect(throws: HDF5Error.notRegularFile(file: scratch.path("pipe"))) {
      try File.open(at: scratch.path("pipe"))
    }
  }

  @Test func `A file cut off says how much is left`() throws {
    try scratch.reopened { root in
      try root.write([Float](repeating: 1, count: 1000), shape: [1000], to: "x")
    }.close()
    let url = URL(fileURLWithPath: scratch.path())
    let whole = try Data(contentsOf: url)
    try whole.prefix(3000).write(to: url)
    #expect(
      sentence { _ = try File.open(at: scratch.path()) }
        == "'\(scratch.path())' is cut off: it has 3000 of \(whole.count) bytes; "
        + "copy or download it again.")
  }

  @Test func `A file cut off anywhere is refused`() throws {
    try scratch.reopened { root in
      try root.write([Float](repeating: 1, count: 1000), shape: [1000], to: "x")
    }.close()
    let whole = try Data(contentsOf: URL(fileURLWithPath: scratch.path()))
    for size in stride(from: 0, to: whole.count, by: 97) {
      let path = scratch.path("cut.h5")
      try whole.prefix(size).write(to: URL(fileURLWithPath: path))
      #expect(throws: HDF5Error.self) { try File.open(at: path) }
    }
  }

  @Test func `A file is not created over another unless that is said`() throws {
    try File.create(at: scratch.path()).close()
    #expect(
      sentence { _ = try File.create(at: scratch.path()) }
        == "'\(scratch.path())' exists already; choose another path or allow replacing it.")
    let file = try File.create(at: scratch.path(), existing: .replace)
    #expect(try file.root.members() == [])
  }

  @Test func `A file is not created without its folder`() {
    let path = scratch.path("no/such/file.h5")
    #expect(
      sentence { _ = try File.create(at: path) }
        == "'\(path)' cannot be created because its folder does not exist; create the folder first."
    )
  }

  // The superuser may write everywhere, so there is nothing to refuse.
  @Test(.enabled(if: geteuid() != 0))
  func `A file is not created where writing is forbidden`() throws {
    #expect(chmod(scratch.folder.path, 0o500) == 0)
    defer { _ = chmod(scratch.folder.path, 0o700) }
    #expect(
      sentence { _ = try File.create(at: scratch.path()) }
        == "Access to '\(scratch.path())' is denied; "
        + "check its permissions and those of its folder.")
  }

  @Test func `A path with a NUL is refused`() {
    #expect(throws: HDF5Error.invalidName(file: "a\0b", name: "a\0b")) {
      try File.create(at: "a\0b")
    }
  }

  @Test func `Writing into a file opened for reading fails with HDF5's reason`() throws {
    let file = try scratch.reopened { try $0.createGroup("a") }
    let error = #expect(throws: HDF5Error.self) { try file.root.createGroup("b") }
    #expect(
      error?.description
        == "HDF5 failed on '/b' in '\(scratch.path())': no write intent on file (H5Gcreate2).")
  }

  @Test func `Closing twice does nothing`() throws {
    let file = try File.create(at: scratch.path())
    try file.close()
    try file.close()
  }

  @Test func `A closed file says so`() throws {
    let file = try File.create(at: scratch.path())
    let dataset = try file.root.write([1] as [Float], shape: [1], to: "x")
    try file.close()
    #expect(throws: HDF5Error.closed(file: scratch.path(), object: "/x")) {
      try dataset.read(as: Float.self)
    }
    #expect(
      sentence { _ = try file.root.createGroup("a") }
        == "'/' cannot be used because its file '\(scratch.path())' was closed; "
        + "open the file again.")
    #expect(throws: HDF5Error.closed(file: scratch.path(), object: "/")) { try file.flush() }
  }

  @Test func `A dataset keeps its file open`() throws {
    var file: File? = try scratch.reopened {
      try $0.write([1, 2] as [Float], shape: [2], to: "a/x")
    }
    let dataset = try #require(try file?.root.dataset("a/x"))
    file = nil
    #expect(try dataset.read() == [1, 2] as [Float])
  }

  @Test func `A file that nobody closed is closed when it goes`() throws {
    do {
      let file = try File.create(at: scratch.path())
      try file.root.write([5] as [Int32], shape: [1], to: "x")
    }
    // HDF5 refuses to truncate a file that is still open somewhere.
    try File.create(at: scratch.path(), existing: .replace).close()
  }

  @Test func `What is flushed can be read beside the writer`() throws {
    let file = try File.create(at: scratch.path())
    try file.root.write([1] as [Float], shape: [1], to: "x")
    try file.flush()
    #expect(try Data(contentsOf: URL(fileURLWithPath: scratch.path())).count > 0)
    #expect(try file.size() >= 4)
  }
}
