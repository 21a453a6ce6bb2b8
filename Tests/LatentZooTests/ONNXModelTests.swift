import Foundation
import LatentZoo
import TestSupport
import Testing

/// A Protocol Buffers message, read by the rules of the format alone.
private struct Message {
  /// A field: a number, or bytes that may be a text or a message.
  struct Field {
    let number: Int
    let value: UInt64
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var message: Message { Message(bytes) }
  }

  private var fields: [Field] = []

  /// The fields of a number.
  subscript(number: Int) -> [Field] { fields.filter { $0.number == number } }

  /// All fields as text.
  var texts: [String] { fields.map(\.text) }

  init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    func varint() -> UInt64 {
      var (value, shift) = (UInt64(0), UInt64(0))
      while let byte = rest.popFirst() {
        value |= UInt64(byte & 0x7F) << shift
        shift += 7
        if byte < 0x80 { break }
      }
      return value
    }
    while !rest.isEmpty {
      let key = varint()
      var (value, count) = (UInt64(0), 0)
      switch key & 7 {
      case 0: value = varint()
      case 5: count = 4
      default: count = Int(varint())
      }
      fields.append(Field(number: Int(key >> 3), value: value, bytes: Array(rest.prefix(count))))
      rest = rest.dropFirst(count)
    }
  }
}

@Suite struct ONNXModelTests {
  private static let function = GraphFunction(
    inputs: [GraphValue(name: "x", shape: [.batch, .fixed(2)])],
    outputs: [GraphValue(name: "z", shape: [.batch, .fixed(300)])],
    weights: [GraphWeight(name: "encoder/head/weight", shape: [300, 2])],
    initializers: [GraphInitializer(name: "#c0", shape: [2], integers: [-1, 300])],
    nodes: [
      GraphNode(
        op: "Gemm", name: "encoder/head", inputs: ["x", "encoder/head/weight"], outputs: ["#1"],
        attributes: ["transB": .int(1), "alpha": .float(0.5)]),
      GraphNode(op: "Reshape", inputs: ["#1", "#c0"], outputs: ["z"]),
    ])

  private func fields(_ weights: ONNXModel.Weights) throws -> Message {
    let path = NSTemporaryDirectory() + "latentzoo-\(UUID().uuidString).onnx"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try ONNXModel(
      name: "toy.encoder", function: Self.function, weights: weights, summary: "a toy",
      metadata: ["family": "toy"]
    ).write(to: path)
    return Message([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))))
  }

  private static let weight = NDArray((0..<600).map { Float($0) }, shape: [300, 2])

  @Test("The model names its version, operators and origin") func head() throws {
    let model = try fields(.inside(["encoder/head/weight": Self.weight]))
    #expect(model[1][0].value == 10)
    #expect(model[8][0].message[2][0].value == 21)
    #expect(model[6][0].text == "a toy")
    #expect(model[14].map { $0.message.texts } == [["family", "toy"]])
  }

  @Test("Nodes, inputs and outputs are written as they stand") func graph() throws {
    let graph = try fields(.inside(["encoder/head/weight": Self.weight]))[7][0].message
    #expect(graph[1].map { $0.message[4][0].text } == ["Gemm", "Reshape"])
    let gemm = graph[1][0].message
    #expect(gemm[1].map(\.text) == ["x", "encoder/head/weight"] && gemm[2].map(\.text) == ["#1"])
    #expect(gemm[5].map { $0.message[1][0].text } == ["alpha", "transB"])
    #expect(gemm[5][0].message[2][0].bytes == [0, 0, 0, 0x3F])
    #expect(gemm[5][1].message[3][0].value == 1)
    let shape = graph[11][0].message[2][0].message[1][0].message[2][0].message[1]
    #expect(shape[0].message[2][0].text == "N" && shape[1].message[1][0].value == 2)
  }

  @Test("Weights are little-endian bytes in the file") func weights() throws {
    let graph = try fields(.inside(["encoder/head/weight": Self.weight]))[7][0].message
    let tensors = graph[5].map(\.message)
    #expect(tensors.map { $0[8][0].text } == ["#c0", "encoder/head/weight"])
    #expect(tensors[1][1].map(\.value) == [300, 2])
    #expect(tensors[1][9][0].bytes == Self.weight.scalars.withUnsafeBytes(Array.init))
    let minusOne = [UInt8](repeating: 0xFF, count: 8)
    #expect(tensors[0][9][0].bytes == minusOne + [0x2C, 1, 0, 0, 0, 0, 0, 0])
  }

  @Test("External weights are places in another file") func external() throws {
    let graph = try fields(.external(file: "toy.h5", offsets: ["encoder/head/weight": 4096]))[7][0]
    let tensor = graph.message[5][1].message
    #expect(tensor[14][0].value == 1 && tensor[9].isEmpty)
    #expect(
      tensor[13].map { $0.message.texts }
        == [["location", "toy.h5"], ["offset", "4096"], ["length", "2400"]])
  }

  @Test("A weight that is missing or misshapen is named") func missing() {
    for weights: [String: NDArray] in [[:], ["encoder/head/weight": NDArray(1)]] {
      let said = message { _ = try fields(.inside(weights)) }
      #expect(said.contains("toy.encoder: the weight encoder/head/weight is missing"))
    }
  }
}
