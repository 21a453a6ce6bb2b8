/// One recorded application of an operator. Never changed; identity is the object's.
final class Node {
  let operation: any Operator
  private(set) var inputs: [Tensor]
  let shapes: [Shape]
  /// The first mistake met while recording this node or what it depends on.
  let fault: TensorError?

  init(_ operation: any Operator, _ inputs: [Tensor]) {
    self.operation = operation
    self.inputs = inputs
    if let fault = inputs.lazy.compactMap(\.node.fault).first {
      (self.shapes, self.fault) = ([inputs[0].shape], fault)
      return
    }
    do throws(ShapeFault) {
      (shapes, fault) = (try operation.outputShapes(inputs.map(\.shape)), nil)
    } catch {
      shapes = [inputs.first?.shape ?? .scalar]
      fault = .shapesDoNotMeet(
        operation: operation.name, layer: Node.layerPath(of: inputs), shapes: inputs.map(\.shape),
        reason: error.reason)
    }
  }

  /// A place that stands for a mistake.
  init(fault: TensorError, shape: Shape) {
    operation = InputLeaf(shape: shape)
    (inputs, shapes) = ([], [shape])
    self.fault = fault
  }

  /// Lets go of the inputs one after the other: a long recurrence must not exhaust the thread's stack.
  deinit {
    guard !inputs.isEmpty else { return }
    var waiting = inputs.map(\.node)
    inputs = []
    while var node = waiting.popLast() {
      guard isKnownUniquelyReferenced(&node) else { continue }
      waiting += node.inputs.map(\.node)
      node.inputs = []
    }
  }

  /// The layer this node belongs to, as far as its operands tell.
  var layerPath: String? { Node.layerPath(of: inputs) }

  /// The layer that owns the first parameter among the operands: its path without the last part.
  private static func layerPath(of inputs: [Tensor]) -> String? {
    for input in inputs {
      guard let leaf = input.node.operation as? ParameterLeaf else { continue }
      return leaf.parameter.layerPath
    }
    return nil
  }

  /// The nodes that `outputs` depend on, each after its inputs.
  static func topologicalOrder(_ outputs: [Node]) -> [Node] {
    var order: [Node] = []
    var seen: Set<ObjectIdentifier> = []
    // A stack of its own: a long recurrence must not exhaust the thread's.
    var stack: [(node: Node, next: Int)] = []
    for output in outputs where seen.insert(ObjectIdentifier(output)).inserted {
      stack.append((output, 0))
      while let (node, next) = stack.last {
        guard next < node.inputs.count else {
          order.append(node)
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        let input = node.inputs[next].node
        if seen.insert(ObjectIdentifier(input)).inserted { stack.append((input, 0)) }
      }
    }
    return order
  }
}
