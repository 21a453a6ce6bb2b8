/// Fresh random numbers at each run of a plan, from the stream the graph gave this node.
struct RandomNumbers: FlatOperator {
  enum Distribution { case uniform, normal }
  let distribution: Distribution
  let shape: Shape
  let stream: UInt32

  var name: String { distribution == .uniform ? "RandomUniform" : "RandomNormal" }
  var attributes: [String: Attribute] { ["shape": .ints(shape.dimensions)] }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] { [shape] }

  func export(_ node: Node, into graph: inout GraphWriter) throws(GraphError) {
    let extents = try graph.extents(of: Tensor(node: node))
    let target = try graph.shape(extents, in: node)
    let like = graph.emit("Expand", [graph.floats([0], shape: []), target], in: node)
    // Each drawing is its own, where equal operators would otherwise be written once.
    graph.define(
      node, as: graph.emit("\(name)Like", [like], ["seed": .float(Float(stream >> 8))], in: node))
  }

  func lower(_ node: Node, into plan: inout Lowering) {
    plan.add(
      RandomKernel(
        distribution: distribution, stream: stream, shape: shape, result: plan.define(node)))
  }
}

extension Tensor {
  /// Numbers drawn uniformly from `[0, 1)`, anew at each run.
  public static func uniform(_ shape: Shape, using random: inout RandomSource) -> Tensor {
    drawing(.uniform, shape, &random)
  }

  /// Standard normal numbers, drawn anew at each run.
  public static func normal(_ shape: Shape, using random: inout RandomSource) -> Tensor {
    drawing(.normal, shape, &random)
  }

  private static func drawing(
    _ distribution: RandomNumbers.Distribution, _ shape: Shape, _ random: inout RandomSource
  ) -> Tensor {
    // The node keeps a name for its stream, not numbers: those depend on the run.
    let stream = UInt32(truncatingIfNeeded: random.next())
    return Tensor(RandomNumbers(distribution: distribution, shape: shape, stream: stream))
  }
}
