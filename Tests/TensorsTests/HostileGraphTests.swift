import Testing

@testable import Tensors

@Suite("Graphs from untrusted files")
struct HostileGraphTests {
  /// A function of `x [N, 4]` that gives `y`, of the given nodes.
  private static func function(
    _ nodes: [GraphNode], initializers: [GraphInitializer] = [], weights: [GraphWeight] = [],
    shape: [GraphExtent] = [.batch, .fixed(4)]
  ) -> GraphFunction {
    GraphFunction(
      inputs: [GraphValue(name: "x", shape: [.batch, .fixed(4)])],
      outputs: [GraphValue(name: "y", shape: shape)], weights: weights,
      initializers: initializers, nodes: nodes)
  }

  private static func node(
    _ op: String, _ inputs: [String], _ outputs: [String] = ["y"],
    _ attributes: [String: Attribute] = [:]
  ) -> GraphNode {
    GraphNode(op: op, inputs: inputs, outputs: outputs, attributes: attributes)
  }

  private static func list(_ values: [Int]) -> GraphInitializer {
    GraphInitializer(name: "list", shape: [values.count], integers: values)
  }

  private static func message(_ function: GraphFunction) -> String {
    do {
      _ = try function.recorded([.input([2, 4])], weights: [:])
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  @Test("A node that reads what a later one gives is refused: no circle can be told")
  func circle() {
    let nodes = [Self.node("Neg", ["b"], ["a"]), Self.node("Neg", ["a"], ["b"])]
    #expect(
      Self.message(Self.function(nodes))
        == "node 0 (Neg) reads \"b\", which no input, weight or earlier node gives")
  }

  @Test("An unknown operator is named")
  func unknownOperator() {
    #expect(
      Self.message(Self.function([Self.node("Launch", ["x"])]))
        == "node 0 (Launch) applies \"Launch\", which is not among the operators of a checkpoint; "
        + "a newer latentzoo may know it")
  }

  @Test("A name given twice is refused")
  func repeatedName() {
    #expect(
      Self.message(Self.function([Self.node("Neg", ["x"], ["x"])]))
        == "the name \"x\" is given twice")
  }

  @Test("An output that nobody gives is refused")
  func missingOutput() {
    #expect(
      Self.message(Self.function([]))
        == "the output reads \"y\", which no input, weight or earlier node gives")
  }

  @Test("A result of another shape than promised is refused")
  func wrongShape() {
    let cut = Self.function([Self.node("Identity", ["x"])], shape: [.batch, .fixed(5)])
    #expect(Self.message(cut) == "output \"y\" has the shape [2, 4], not [2, 5]")
  }

  @Test(
    "Extents that no memory holds are refused before any is taken",
    arguments: [[1 << 40], [1 << 32, 1 << 32], [.max, .max, .max], [-5], [1 << 20, 1 << 20, 4]])
  func hugeExpansion(extents: [Int]) {
    let function = Self.function(
      [Self.node("Expand", ["c", "list"])],
      initializers: [Self.list(extents), GraphInitializer(name: "c", shape: [], floats: [1])])
    let text = Self.message(function)
    #expect(text.contains("would hold") || text.contains("is no shape"), "\(text)")
  }

  @Test("Growth by many small steps is refused too")
  func growth() {
    var nodes: [GraphNode] = []
    var last = "x"
    for step in 0..<60 {
      nodes.append(
        Self.node("Concat", [last, last], ["s\(step)"], ["axis": .int(1)]))
      last = "s\(step)"
    }
    #expect(Self.message(Self.function(nodes)).contains("would hold"))
  }

  static let senseless: [GraphNode] = [
    node("Add", ["x"]), node("Add", ["x", "x", "x"]), node("Gemm", ["x"]),
    node("Gemm", ["x", "x"]), node("Gemm", ["x", "x"], ["y"], ["transB": .string("1")]),
    node("Gemm", ["x", "x"], ["y"], ["alpha": .float(2)]), node("Reshape", ["x", "x"]),
    node("Reshape", ["x", "list"]), node("Expand", ["x", "list"]),
    node("Transpose", ["x"], ["y"], ["perm": .ints([0, 0])]),
    node("Transpose", ["x"], ["y"], ["perm": .ints([0, 1, 2])]), node("Squeeze", ["x", "list"]),
    node("Unsqueeze", ["x", "list"]), node("Concat", ["x", "x"], ["y"], ["axis": .int(9)]),
    node("Concat", []), node("Split", ["x", "list"], ["y"], ["axis": .int(1)]),
    node("Slice", ["x", "list"]), node("Slice", ["x", "list", "list", "list", "list"]),
    node("Gather", ["x", "x"], ["y"], ["axis": .int(-7)]), node("OneHot", ["x", "list", "x"]),
    node("Pad", ["x", "list"]), node("Pad", ["x", "list"], ["y"], ["mode": .string("wrap")]),
    node("ReduceSum", ["x", "list"]), node("ArgMax", ["x"], ["y"], ["axis": .int(4)]),
    node("Softmax", ["x"], ["y"], ["axis": .int(4)]), node("Cast", ["x"]),
    node("Cast", ["x"], ["y"], ["to": .int(99)]), node("Conv", ["x", "x"]),
    node("Conv", ["x", "x"], ["y"], ["strides": .ints([0, 0])]),
    node("Conv", ["x", "x"], ["y"], ["strides": .ints([.max, .max, 1])]),
    node("ConvTranspose", ["x", "x"], ["y"], ["output_padding": .ints([-1, 3])]),
    node("MaxPool", ["x"]), node("MaxPool", ["x"], ["y"], ["kernel_shape": .ints([3])]),
    node("AveragePool", ["x"], ["y"], ["kernel_shape": .ints([3, 3])]),
    node("Resize", ["x", "", "", "list"], ["y"], ["axes": .ints([2, 3])]),
    node("BatchNormalization", ["x", "x", "x", "x", "x"]), node("GroupNormalization", ["x"]),
    node("GroupNormalization", ["x", "x", "x"], ["y"], ["num_groups": .int(0)]),
    node("LayerNormalization", ["x", "x", "x"], ["y"], ["axis": .int(1)]),
    node("GRU", ["x", "x", "x"], ["y"], ["hidden_size": .int(.max)]),
    node("GRU", ["x", "x", "x"], ["y"], ["hidden_size": .int(2), "direction": .string("both")]),
    node("LSTM", ["x", "x"], ["y"], ["hidden_size": .int(-1)]),
    node("Shape", ["x"], ["y"], ["start": .int(.min), "end": .int(.max)]),
    node("RandomNormalLike", ["x"], ["y"], ["seed": .float(-1)]),
    node("RandomNormalLike", ["x"], ["y"], ["seed": .float(.nan)]),
    node("Identity", ["x"], ["y", "z", "w"]), node("Where", ["x", "x"]), node("", []),
  ]

  @Test(
    "Operands and attributes that make no sense are refused with a sentence", arguments: senseless)
  func nonsense(item: GraphNode) {
    for list in [[7, -3, 2], [.max, .min, 1], [.min, .min, .min, .max]] {
      let text = Self.message(Self.function([item], initializers: [Self.list(list)]))
      #expect(text != "no error", "\(item) with \(list)")
    }
  }
}
