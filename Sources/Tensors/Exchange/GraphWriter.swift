/// Writes recorded nodes as nodes of a ``GraphFunction``.
///
/// All our numbers are float32, ONNX has truth values and whole numbers too: where an operator gives or wants those, the writer casts,
/// and remembers what a cast was made from, so that none stands beside its inverse.
struct GraphWriter {
  private(set) var nodes: [GraphNode] = []
  private(set) var initializers: [GraphInitializer] = []
  private(set) var weights: [GraphWeight] = []
  /// Batch sizes of the two recordings.
  let batchSizes: (first: Int, second: Int)
  /// The node of the second recording for each of the first.
  private let twins: [ObjectIdentifier: Node]
  private var names: [Tensor: String]
  private var written: [GraphNode: [String]] = [:]
  private var fixed: [FixedValue: String] = [:]
  private var sources: [Cast: String] = [:]
  private var counter = 0
  private let batchInput: String

  private struct FixedValue: Hashable {
    let shape: [Int]
    let type: GraphType
    let elements: GraphInitializer.Elements
  }

  private struct Cast: Hashable {
    let name: String
    let type: GraphType
  }

  /// - Parameters:
  ///   - inputs: names of the inputs; the first one's first extent is the batch's size.
  init(
    inputs: [(tensor: Tensor, name: String)], twins: [ObjectIdentifier: Node],
    batchSizes: (first: Int, second: Int)
  ) {
    self.twins = twins
    self.batchSizes = batchSizes
    names = Dictionary(inputs.map { ($0.tensor, $0.name) }) { first, _ in first }
    batchInput = inputs.first?.name ?? ""
  }

  // MARK: What operators ask for

  /// Name of a value that is already written.
  func name(of tensor: Tensor) -> String { names[tensor] ?? "" }

  /// Whether a name is that of a node's result.
  func isResult(_ name: String) -> Bool { nodes.contains { $0.outputs.contains(name) } }

  /// Names a result.
  mutating func define(_ node: Node, output: Int = 0, as name: String) {
    names[Tensor(node: node, output: output)] = name
  }

  /// Writes a node as it is: one ONNX operator with the same operands, attributes and first result.
  mutating func add(_ node: Node, attributes: [String: Attribute]? = nil) {
    let operation = node.operation
    let result = emit(
      operation.name, node.inputs.map { name(of: $0) }, attributes ?? operation.attributes,
      in: node)
    define(node, as: result)
  }

  /// Writes one ONNX operator and gives the name of its result.
  mutating func emit(
    _ op: String, _ inputs: [String], _ attributes: [String: Attribute] = [:], in node: Node
  ) -> String {
    emit(op, inputs, outputCount: 1, attributes, in: node)[0]
  }

  /// Writes one ONNX operator and gives the names of its results; one that stands already is not written again.
  mutating func emit(
    _ op: String, _ inputs: [String], outputCount: Int, _ attributes: [String: Attribute] = [:],
    in node: Node
  ) -> [String] {
    let key = GraphNode(op: op, inputs: inputs, outputs: [], attributes: attributes)
    if let names = written[key] { return names }
    let outputs = (0..<outputCount).map { _ in newName() }
    nodes.append(
      GraphNode(
        op: op, name: node.layerPath ?? "", inputs: inputs, outputs: outputs,
        attributes: attributes))
    written[key] = outputs
    return outputs
  }

  /// A list of whole numbers.
  mutating func integers(_ values: [Int]) -> String {
    initializer(.integers(values), shape: [values.count], .int64)
  }

  /// One whole number, of shape `[]`.
  mutating func integer(_ value: Int) -> String {
    initializer(.integers([value]), shape: [], .int64)
  }

  /// Fixed numbers.
  mutating func floats(_ values: [Float], shape: [Int]) -> String {
    initializer(.floats(values), shape: shape, .float32)
  }

  /// A value as truth values, whole numbers or float32.
  mutating func value(_ tensor: Tensor, as type: GraphType, in node: Node) -> String {
    let name = name(of: tensor)
    if let source = sources[Cast(name: name, type: type)] { return source }
    return emit("Cast", [name], ["to": .int(type.onnxCode)], in: node)
  }

  /// Names a result that ONNX gives as another type than float32.
  mutating func define(_ node: Node, asCastOf source: String, _ type: GraphType) {
    let name = emit("Cast", [source], ["to": .int(GraphType.float32.onnxCode)], in: node)
    sources[Cast(name: name, type: type)] = source
    define(node, as: name)
  }

  /// The extents of a value, told apart by whether they follow the batch's size.
  func extents(of tensor: Tensor) throws(GraphError) -> [TracedExtent] {
    guard let twin = twins[ObjectIdentifier(tensor.node)] else {
      throw reject(tensor.node, "it was recorded once only")
    }
    let second = Tensor(node: twin, output: tensor.output).shape
    guard second.rank == tensor.shape.rank else {
      throw reject(tensor.node, "its rank depends on the size of the batch")
    }
    var extents: [TracedExtent] = []
    for (one, other) in zip(tensor.shape.dimensions, second.dimensions) {
      guard let extent = TracedExtent(one, other, batchSizes: batchSizes) else {
        throw reject(
          tensor.node,
          "its shape is \(tensor.shape) for a batch of \(batchSizes.first) and "
            + "\(second) for one of \(batchSizes.second)")
      }
      extents.append(extent)
    }
    return extents
  }

  /// A shape as a list of whole numbers that a run computes where it depends on the batch.
  mutating func shape(_ extents: [TracedExtent], in node: Node) throws(GraphError) -> String {
    var parts: [String] = []
    var run: [Int] = []
    for extent in extents {
      switch extent {
      case .fixed(let count): run.append(count)
      case .batch(1):
        if !run.isEmpty { parts.append(integers(run)) }
        run = []
        parts.append(
          emit("Shape", [batchInput], ["start": .int(0), "end": .int(1)], in: node))
      case .batch(let times): throw reject(node, "an extent is \(times) times the batch's size")
      }
    }
    if !run.isEmpty || parts.isEmpty { parts.append(integers(run)) }
    return parts.count == 1 ? parts[0] : emit("Concat", parts, ["axis": .int(0)], in: node)
  }

  /// The error that says why a node cannot be written.
  func reject(_ node: Node, _ reason: String) -> GraphError {
    .notTraceable(operation: node.operation.name, layer: node.layerPath, reason: reason)
  }

  // MARK: Leaves

  /// Names a weight.
  mutating func addWeight(_ node: Node, _ parameter: Parameter) throws(GraphError) {
    guard !parameter.path.isEmpty else { throw reject(node, "a parameter has no name") }
    weights.append(GraphWeight(name: parameter.path, shape: parameter.shape.dimensions))
    define(node, as: parameter.path)
  }

  /// Writes a fixed value, repeated along the batch where it is the same for all of it.
  mutating func addConstant(_ node: Node, _ value: NDArray) throws(GraphError) {
    let extents = try extents(of: Tensor(node: node))
    let dimensions = value.shape.dimensions
    guard let axis = extents.firstIndex(where: { $0 == .batch(times: 1) }) else {
      guard !extents.contains(where: { if case .batch = $0 { true } else { false } }),
        let twin = twins[ObjectIdentifier(node)]?.operation as? ConstantLeaf,
        twin.value.scalars.elementsEqual(value.scalars, by: { $0.bitPattern == $1.bitPattern })
      else { throw reject(node, "it depends on the size of the batch") }
      define(node, as: floats(value.scalars, shape: dimensions))
      return
    }
    let row = dimensions[(axis + 1)...].reduce(1, *)
    let first = Array(value.scalars.prefix(row))
    let isRepeated =
      axis == 0
      && (0..<dimensions[0]).allSatisfy { index in
        value.scalars[index * row..<(index + 1) * row].elementsEqual(first)
      }
    guard isRepeated else { throw reject(node, "its rows differ and follow the batch's size") }
    let shape = try shape(extents, in: node)
    let constant = floats(first, shape: [1] + dimensions[1...])
    define(node, as: emit("Expand", [constant, shape], in: node))
  }

  private mutating func newName() -> String {
    counter += 1
    return "#\(counter)"
  }

  private mutating func initializer(
    _ elements: GraphInitializer.Elements, shape: [Int], _ type: GraphType
  ) -> String {
    let key = FixedValue(shape: shape, type: type, elements: elements)
    if let name = fixed[key] { return name }
    let name = "#c\(fixed.count)"
    fixed[key] = name
    switch elements {
    case .floats(let values):
      initializers.append(GraphInitializer(name: name, shape: shape, floats: values))
    case .integers(let values):
      initializers.append(
        GraphInitializer(name: name, shape: shape, integers: values, type: type))
    }
    return name
  }
}

extension GraphType {
  /// The number of the type in ONNX's TensorProto.
  public var onnxCode: Int {
    switch self {
    case .float32: 1
    case .int32: 6
    case .int64: 7
    case .bool: 9
    }
  }
}
