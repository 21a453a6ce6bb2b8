import HDF5
import Testing

@Suite struct AttributeTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func `Single values come back as they were`() throws {
    let file = try scratch.reopened { root in
      try root.writeAttribute("Größe", to: "text")
      try root.writeAttribute("", to: "empty")
      try root.writeAttribute(Int64.min, to: "integer")
      try root.writeAttribute(0.1, to: "double")
      try root.writeAttribute(Float(0.1), to: "float")
    }
    #expect(try file.root.attributeString("text") == "Größe")
    #expect(try file.root.attributeString("empty") == "")
    #expect(try file.root.attributeValue("integer") == Int64.min)
    #expect(try file.root.attributeValue("double") == 0.1)
    #expect(try file.root.attributeValue("float") == Float(0.1))
    #expect(
      try file.root.attributeNames() == ["double", "empty", "float", "integer", "text"])
  }

  @Test func `Arrays come back as they were`() throws {
    let file = try scratch.reopened { root in
      let group = try root.createGroup("deep/down")
      try group.writeAttribute(["a", "", "große"], to: "strings")
      try group.writeAttribute([] as [String], to: "no strings")
      try group.writeAttribute([1, -2] as [Int64], to: "integers")
      try group.writeAttribute([0.5, .infinity] as [Double], to: "doubles")
      try group.writeAttribute([] as [Float], to: "no floats")
    }
    let group = try file.root.group("deep/down")
    #expect(try group.attributeStrings("strings") == ["a", "", "große"])
    #expect(try group.attributeStrings("no strings") == [])
    #expect(try group.attributeValues("integers") == [1, -2] as [Int64])
    #expect(try group.attributeValues("doubles") == [0.5, .infinity] as [Double])
    #expect(try group.attributeValues("no floats", as: Float.self) == [])
  }

  @Test func `Datasets have attributes too`() throws {
    let file = try scratch.reopened { root in
      let dataset = try root.write([1] as [Float], shape: [1], to: "x")
      try dataset.writeAttribute("seconds", to: "unit")
    }
    #expect(try file.root.dataset("x").attributeString("unit") == "seconds")
  }

  @Test func `Writing again replaces value and type`() throws {
    let file = try scratch.reopened { root in
      try root.writeAttribute("old", to: "a")
      try root.writeAttribute([1, 2] as [Int32], to: "a")
    }
    #expect(try file.root.attributeValues("a", as: Int32.self) == [1, 2])
    #expect(try file.root.attributeNames() == ["a"])
  }

  @Test func `A missing attribute is named in the error`() throws {
    let file = try scratch.reopened { try $0.createGroup("g") }
    let group = try file.root.group("g")
    #expect(try !group.hasAttribute("a"))
    let error = #expect(throws: HDF5Error.self) { try group.attributeString("a") }
    #expect(error?.description == "'\(scratch.path())' has no '/g@a'.")
  }

  @Test func `Another type is refused`() throws {
    let file = try scratch.reopened { try $0.writeAttribute(Float(1), to: "a") }
    let error = #expect(throws: HDF5Error.self) {
      try file.root.attributeValue("a", as: Double.self)
    }
    #expect(
      error?.description == "'/@a' in '\(scratch.path())' holds float32, expected float64.")
  }

  @Test func `Several values are not one value`() throws {
    let file = try scratch.reopened { try $0.writeAttribute([1, 2] as [Float], to: "a") }
    let error = HDF5Error.wrongCount(file: scratch.path(), object: "/@a", expected: 2, found: 1)
    #expect(throws: error) { try file.root.attributeValue("a", as: Float.self) }
  }

  @Test func `Values beyond 64 KiB are refused`() throws {
    let file = try File.create(at: scratch.path())
    let values = [Double](repeating: 0, count: 9000)
    let error = #expect(throws: HDF5Error.self) { try file.root.writeAttribute(values, to: "a") }
    #expect(
      error?.description
        == "'/@a' in '\(scratch.path())' declares shape [9000], more than the 65000 bytes possible here."
    )
    #expect(
      throws: HDF5Error.textTooLong(
        file: scratch.path(), object: "/@a", bytes: 70_000, limit: 65_000)
    ) { try file.root.writeAttribute(String(repeating: "x", count: 70_000), to: "a") }
    #expect(try !file.root.hasAttribute("a"))
  }

  @Test func `Text of any length can be attached where a tool asks for it`() throws {
    let text = String(repeating: "x", count: 200_000)
    let file = try scratch.reopened { try $0.writeLongAttribute(text, to: "a") }
    #expect(try file.root.attributeString("a") == text)
  }

  @Test func `The longest allowed values can be written`() throws {
    let values = [UInt8](repeating: 7, count: 65_000)
    let file = try scratch.reopened { try $0.writeAttribute(values, to: "a") }
    #expect(try file.root.attributeValues("a") == values)
  }
}
