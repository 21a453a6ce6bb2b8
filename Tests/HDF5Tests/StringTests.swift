import HDF5
import Testing

@Suite struct StringTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test(arguments: ["", "plain", "Größe 尺寸 🧭 e\u{301}", String(repeating: "json ", count: 40_000)])
  func `A string comes back as it was`(text: String) throws {
    let file = try scratch.reopened { try $0.writeString(text, to: "text") }
    let dataset = try file.root.dataset("text")
    #expect(dataset.elementType == .string)
    #expect(dataset.shape == [])
    #expect(Array(try dataset.readString().utf8) == Array(text.utf8))
  }

  @Test(arguments: [[], [""], ["one", "", "drei ✓", String(repeating: "x", count: 70_000)]])
  func `Strings come back as they were`(texts: [String]) throws {
    let file = try scratch.reopened { try $0.writeStrings(texts, to: "labels") }
    let dataset = try file.root.dataset("labels")
    #expect(dataset.shape == [texts.count])
    #expect(try dataset.readStrings() == texts)
  }

  @Test func `Text with a NUL is refused and leaves nothing behind`() throws {
    let file = try File.create(at: scratch.path())
    let error = #expect(throws: HDF5Error.self) { try file.root.writeString("a\0b", to: "text") }
    #expect(
      error?.description
        == "'/text' in '\(scratch.path())' is not text: it has bytes that are not UTF-8, or a NUL.")
    #expect(try !file.root.contains("text"))
  }

  @Test func `Text beyond the limit is refused`() throws {
    let text = String(repeating: "x", count: 1000)
    let file = try scratch.reopened { try $0.writeString(text, to: "text") }
    let error = #expect(throws: HDF5Error.self) {
      try file.root.dataset("text").readString(limit: 999)
    }
    #expect(
      error?.description
        == "'/text' in '\(scratch.path())' has 1000 bytes of text, more than the limit of 999.")
  }

  @Test func `Several strings are not one string`() throws {
    let file = try scratch.reopened { try $0.writeStrings(["a", "b"], to: "two") }
    let error = HDF5Error.wrongCount(
      file: scratch.path(), object: "/two", expected: 2, found: 1)
    #expect(throws: error) { try file.root.dataset("two").readString() }
  }

  @Test func `Numbers are not read as text, nor text as numbers`() throws {
    let file = try scratch.reopened { root in
      try root.write([1] as [Float], shape: [1], to: "number")
      try root.writeString("1", to: "text")
    }
    #expect(
      throws: HDF5Error.wrongType(
        file: scratch.path(), object: "/number", expected: .string, found: .float32)
    ) { try file.root.dataset("number").readString() }
    #expect(
      throws: HDF5Error.wrongType(
        file: scratch.path(), object: "/text", expected: .float32, found: .string)
    ) { try file.root.dataset("text").read(as: Float.self) }
  }
}
