@testable import Tensors

/// The same value, lying with its channels last, as convolutions leave it.
private struct ChannelsLast: Operator {
  var name: String { "ChannelsLast" }
  func outputShapes(_ inputs: [Shape]) throws(ShapeFault) -> [Shape] { inputs }
  func gradients(_ node: Node, _ upstream: [Tensor?]) -> [Tensor?] {
    [upstream[0].map { Tensor(ChannelsLast(), $0) }]
  }
  func lower(_ node: Node, into plan: inout Lowering) throws(TensorError) {
    plan.alias(node, node.inputs[0], as: .channelsLast)
  }
}

extension Tensor {
  /// The same value with its channels last in memory.
  func channelsLast() -> Tensor { Tensor(ChannelsLast(), self) }
}
