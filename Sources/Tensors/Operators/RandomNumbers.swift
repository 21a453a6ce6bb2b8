/// Fresh random numbers at each run of a plan, from the stream the graph gave this node.
struct RandomNumbers: FlatOperator {
  enum Distribution { case uniform, normal }
  let distribution: Distribution
  let shape: Shape
  let stream: UInt32

  var name: String { distribution == .uniform ? "RandomUniform" : "RandomNormal" }
  var attributes: [String: Attribute] { ["shape": .ints(shape.dimensions)] }

  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] { [shape] }

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
