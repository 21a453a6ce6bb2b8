/// What a node of a ``GraphFunction`` works on: numbers known only in a run, or whole numbers known while recording, such as shapes.
enum GraphOperand {
  case tensor(Tensor)
  case integers([Int], isScalar: Bool)
}

/// Reads operands and attributes of one node; everything it hands out has been checked.
struct NodeReader {
  let node: GraphNode
  /// What it is called in errors.
  let label: String
  private let operands: [GraphOperand?]
  /// Weights of recurrences in our order of gates, so that many steps share one.
  private(set) var restored: [RestoredWeight: Tensor]

  struct RestoredWeight: Hashable {
    let weight: Tensor
    let start: Int
  }

  init(
    _ node: GraphNode, label: String, operands: [GraphOperand?],
    restored: [RestoredWeight: Tensor]
  ) {
    self.node = node
    self.label = label
    self.operands = operands
    self.restored = restored
  }

  /// Number of operands, those that are left out included.
  var operandCount: Int { operands.count }

  /// Whether an operand is given.
  func has(_ place: Int) -> Bool { operands.indices.contains(place) && operands[place] != nil }

  /// An operand as a tensor.
  func tensor(_ place: Int) throws(GraphError) -> Tensor {
    guard has(place), let operand = operands[place] else {
      throw malformed("operand \(place) is missing")
    }
    switch operand {
    case .tensor(let tensor): return tensor
    case .integers(let values, let isScalar):
      return Tensor(NDArray(values.map { Float($0) }, shape: isScalar ? [] : [values.count]))
    }
  }

  /// All operands as tensors.
  func tensors(_ count: ClosedRange<Int>) throws(GraphError) -> [Tensor] {
    guard count.contains(operands.count) else {
      throw malformed("it has \(operands.count) operands")
    }
    var tensors: [Tensor] = []
    for place in operands.indices { tensors.append(try tensor(place)) }
    return tensors
  }

  /// An operand that is a list of whole numbers known while recording.
  func integers(_ place: Int) throws(GraphError) -> [Int] {
    guard has(place), case .integers(let values, _) = operands[place] else {
      throw malformed("operand \(place) is no fixed list of whole numbers")
    }
    return values
  }

  /// All operands, where each is a list of whole numbers known while recording.
  var allIntegers: [[Int]]? {
    var lists: [[Int]] = []
    for operand in operands {
      guard case .integers(let values, _) = operand else { return nil }
      lists.append(values)
    }
    return lists
  }

  /// The attribute of a name, a whole number.
  func int(_ name: String, default fallback: Int? = nil) throws(GraphError) -> Int {
    switch node.attributes[name] {
    case .int(let value): return value
    case nil:
      guard let fallback else { throw malformed("the attribute \(name) is missing") }
      return fallback
    default: throw malformed("the attribute \(name) is no whole number")
    }
  }

  /// The attribute of a name, a number.
  func float(_ name: String, default fallback: Float) throws(GraphError) -> Float {
    switch node.attributes[name] {
    case .float(let value): return value
    case nil: return fallback
    default: throw malformed("the attribute \(name) is no number")
    }
  }

  /// The attribute of a name, a list of whole numbers of which there are `count`, each within bounds.
  func ints(
    _ name: String, count: Int, in range: ClosedRange<Int>, default fallback: Int
  ) throws(GraphError) -> [Int] {
    switch node.attributes[name] {
    case .ints(let values):
      guard values.count == count, values.allSatisfy(range.contains) else {
        throw malformed("the attribute \(name) is \(values)")
      }
      return values
    case nil: return [Int](repeating: fallback, count: count)
    default: throw malformed("the attribute \(name) is no list")
    }
  }

  /// The attribute of a name, a word.
  func string(_ name: String, default fallback: String) throws(GraphError) -> String {
    switch node.attributes[name] {
    case .string(let value): return value
    case nil: return fallback
    default: throw malformed("the attribute \(name) is no word")
    }
  }

  /// An axis of a tensor, counted from the front.
  func axis(_ axis: Int, of rank: Int) throws(GraphError) -> Int {
    let resolved = axis < 0 ? axis + rank : axis
    guard (0..<rank).contains(resolved) else { throw malformed("there is no axis \(axis)") }
    return resolved
  }

  /// Axes of a tensor, counted from the front, each once.
  func axes(_ axes: [Int], of rank: Int) throws(GraphError) -> [Int] {
    var resolved: [Int] = []
    for place in axes { resolved.append(try axis(place, of: rank)) }
    guard Set(resolved).count == resolved.count else {
      throw malformed("\(axes) names an axis twice")
    }
    return resolved
  }

  /// A shape whose elements can be counted.
  func shape(_ extents: [Int]) throws(GraphError) -> Shape {
    guard extents.allSatisfy({ $0 >= 0 }), extents.count <= 16 else {
      throw malformed("\(extents) is no shape")
    }
    var count = 1
    for extent in extents where extent > 0 {
      let (product, overflows) = count.multipliedReportingOverflow(by: extent)
      guard !overflows, product <= GraphFunction.mostElements else {
        throw .tooLarge(node: label, elements: overflows ? .max : product)
      }
      count = product
    }
    return Shape(extents)
  }

  /// Refuses a tensor of another shape.
  func check(_ tensor: Tensor, is shape: Shape) throws(GraphError) {
    guard tensor.shape == shape else {
      throw malformed("an operand has the shape \(tensor.shape), not \(shape)")
    }
  }

  /// A recurrence's weight in our order of gates.
  mutating func restored(_ weight: Tensor, _ operation: Recurrence, from start: Int = 0) -> Tensor {
    let key = RestoredWeight(weight: weight, start: start)
    if let known = restored[key] { return known }
    let made = operation.restored(weight, from: start)
    restored[key] = made
    return made
  }

  func malformed(_ reason: String) -> GraphError { .malformed(node: label, reason: reason) }
}
