import Foundation
import LatentZoo
import TestSupport
import Testing

@Suite struct SafetensorsTests {
  private func withFile(_ body: (_ path: String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "latentzoo-\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  /// A file of a header and some bytes.
  private func write(_ header: String, _ payload: [UInt8], length: UInt64? = nil, to path: String)
    throws
  {
    let length = length ?? UInt64(header.utf8.count)
    let bytes = withUnsafeBytes(of: length.littleEndian, Array.init) + Array(header.utf8) + payload
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  /// What opening a file of a header and some bytes says.
  private func complaint(_ header: String, _ count: Int, length: UInt64? = nil) throws -> String {
    var text = ""
    try withFile { path in
      try write(header, [UInt8](repeating: 0, count: count), length: length, to: path)
      text = message { _ = try SafetensorsFile(path: path) }
      #expect(text.contains(path))
    }
    return text
  }

  @Test("What is written is read again, whatever the shapes") func roundTrip() throws {
    var random = RandomSource(seed: 3)
    let shapes: [Shape] = [[], [1], [3, 4], [2, 0, 5], [2, 3, 1, 7]]
    let tensors = shapes.enumerated().map { ("layer.\($0)", NDArray.uniform($1, using: &random)) }
    try withFile { path in
      try SafetensorsFile.write(
        tensors.map { (name: $0.0, value: $0.1) }, metadata: ["größe": "\"7\""], to: path)
      let file = try SafetensorsFile(path: path)
      #expect(file.metadata == ["größe": "\"7\""])
      for (name, value) in tensors { #expect(try file.tensor(named: name) == value) }
      #expect(try file.tensor(named: "none") == nil)
    }
  }

  @Test(
    "Other floating-point types become float32",
    arguments: [
      ("F64", [0, 0, 0, 0, 0, 0, 0xF8, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0] as [UInt8]),
      ("F16", [0x00, 0x3E, 0x00, 0xC0]), ("BF16", [0xC0, 0x3F, 0x00, 0xC0]),
    ])
  func conversions(_ type: String, _ bytes: [UInt8]) throws {
    let header = #"{"w":{"dtype":"\#(type)","shape":[2],"data_offsets":[0,\#(bytes.count)]}}"#
    try withFile { path in
      try write(header, bytes, to: path)
      #expect(try SafetensorsFile(path: path).tensor(named: "w")?.scalars == [1.5, -2])
    }
  }

  static let halfNumbers: [(bits: UInt16, value: Float)] = [
    (0x0001, 0x1p-24), (0x03FF, 0x3FFp-24), (0x0400, 0x1p-14), (0x7BFF, 65504), (0x8000, -0.0),
    (0xFC00, -Float.infinity),
  ]

  @Test("Half precision is exact at its ends", arguments: Self.halfNumbers)
  func halves(_ bits: UInt16, _ value: Float) throws {
    try withFile { path in
      let header = #"{"w":{"dtype":"F16","shape":[],"data_offsets":[0,2]}}"#
      try write(header, withUnsafeBytes(of: bits.littleEndian, Array.init), to: path)
      let read = try SafetensorsFile(path: path).tensor(named: "w")?.scalars
      #expect(read?.map(\.bitPattern) == [value.bitPattern])
    }
  }

  @Test("Whole numbers are no weights") func wholeNumbers() throws {
    try withFile { path in
      try write(
        #"{"w":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}"#, [UInt8](repeating: 0, count: 8),
        to: path)
      let file = try SafetensorsFile(path: path)
      let said = message { _ = try file.tensor(named: "w") }
      #expect(said == "\(path): w is made of I64 elements; weights are F64, F32, F16, BF16")
    }
  }

  @Test(
    "Headers that lie are refused",
    arguments: [
      (#"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,12]}}"#, "not as many as its shape"),
      (#"{"w":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#, "outside the file"),
      (#"{"w":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#, "leave a gap"),
      (#"{"w":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#, "outside the file"),
      (#"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0]}}"#, "outside the file"),
      (#"{"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,12]}}"#, "impossible shape"),
      (
        #"{"w":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,12]}}"#,
        "impossible shape"
      ),
      (
        #"{"w":{"dtype":"F32","shape":[2305843009213693953],"data_offsets":[0,12]}}"#,
        "not as many as its shape"
      ),
      (
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#,
        "overlap"
      ),
      (#"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, "belong to no tensor"),
      (#"{"w":{"dtype":"F32","shape":["2"],"data_offsets":[0,12]}}"#, "cannot be understood"),
      (#"{"w":7}"#, "cannot be understood"), (#"{"w""#, "cannot be understood"),
    ])
  func lies(_ header: String, _ reason: String) throws {
    #expect(try complaint(header, 12).contains(reason))
  }

  @Test("An impossible length of the header is refused before memory is taken")
  func impossibleLength() throws {
    for length in [UInt64.max, 1 << 62, 1 << 40, 100] {
      #expect(try complaint("{}", 0, length: length).contains("impossible length"))
    }
  }

  @Test("Deep nesting is refused") func deepNesting() throws {
    let deep = #"{"w":"# + String(repeating: "[", count: 200_000)
    #expect(try complaint(deep, 0).contains("cannot be understood"))
  }

  @Test("A file cut anywhere is refused") func truncation() throws {
    try withFile { path in
      try SafetensorsFile.write([(name: "w", value: NDArray(repeating: 1, shape: [3]))], to: path)
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      for count in 0..<whole.count {
        try whole.prefix(count).write(to: URL(fileURLWithPath: path))
        #expect(throws: ExchangeError.self) { _ = try SafetensorsFile(path: path) }
      }
    }
  }

  @Test("PyTorch's own files are not opened, and the way to convert them is shown")
  func pickles() throws {
    for beginning in [Array("PK\u{3}\u{4}".utf8), [0x80, 0x02]] {
      try withFile { path in
        try Data(beginning + [UInt8](repeating: 0, count: 100)).write(
          to: URL(fileURLWithPath: path))
        let said = message { _ = try SafetensorsFile(path: path) }
        #expect(said.contains("may run any code") && said.contains("weights_only=True"))
      }
    }
  }

  @Test("Other files are told apart") func otherFiles() throws {
    for text in ["", "short", "a text that is longer than nine bytes"] {
      try withFile { path in
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        #expect(message { _ = try SafetensorsFile(path: path) }.contains("no safetensors file"))
      }
    }
  }
}
