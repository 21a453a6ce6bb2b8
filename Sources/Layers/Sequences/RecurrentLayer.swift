public import Tensors

/// Layers that read sequences step by step and carry states from each step to the next.
public protocol RecurrentLayer: Module {
  /// Number of elements of a state.
  var hiddenSize: Int { get }
  /// Number of networks above each other.
  var layerCount: Int { get }
  /// 2 where a second network reads each sequence from its end, otherwise 1.
  var directionCount: Int { get }
  /// Number of kinds of states that are carried: 1 for a GRU, 2 for an LSTM, whose cells come second.
  var stateKindCount: Int { get }

  /// Records the layers, `D` being the number of directions.
  ///
  /// - Parameters:
  ///   - x: `[B, T, inputSize]`
  ///   - states: the first states, of each kind `[layerCount · D, B, hiddenSize]`; zeros without.
  ///   - lengths: how many steps of each sequence count, `[B]`; all without. Later steps are 0 and leave the states.
  ///   - pass: the recording it becomes part of.
  /// - Returns: the last layer's states after each step, `[B, T, D · hiddenSize]`, and the last states as the first ones.
  func callAsFunction(
    _ x: Tensor, from states: [Tensor]?, lengths: Tensor?, using pass: inout Pass
  ) -> (steps: Tensor, states: [Tensor])
}

extension GRU: RecurrentLayer {
  public var hiddenSize: Int { network.hiddenSize }
  public var layerCount: Int { network.layers.count }
  public var directionCount: Int { network.layers[0].count }
  public var stateKindCount: Int { 1 }

  public func callAsFunction(
    _ x: Tensor, from states: [Tensor]?, lengths: Tensor?, using pass: inout Pass
  ) -> (steps: Tensor, states: [Tensor]) {
    let output = self(x, initialStates: states?[0], lengths: lengths, using: &pass)
    return (output.steps, [output.states])
  }
}

extension LSTM: RecurrentLayer {
  public var hiddenSize: Int { network.hiddenSize }
  public var layerCount: Int { network.layers.count }
  public var directionCount: Int { network.layers[0].count }
  public var stateKindCount: Int { 2 }

  public func callAsFunction(
    _ x: Tensor, from states: [Tensor]?, lengths: Tensor?, using pass: inout Pass
  ) -> (steps: Tensor, states: [Tensor]) {
    let output = self(
      x, initialStates: states.map { (states: $0[0], cells: $0[1]) }, lengths: lengths,
      using: &pass)
    return (output.steps, [output.states, output.cells])
  }
}
