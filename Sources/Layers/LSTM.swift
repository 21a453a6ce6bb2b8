public import Tensors

/// Long short-term memory over sequences (Hochreiter and Schmidhuber 1997, https://doi.org/10.1162/neco.1997.9.8.1735), as
/// PyTorch's `LSTM` with `batch_first`.
///
/// `i, f, o = σ(W·x + b + U·h + c)`, `g` alike with `tanh`, `cell' = f·cell + i·g`, `h' = o·tanh(cell')`
///
/// Differs from the paper, as PyTorch does: with a forget gate (Gers et al. 2000).
///
/// Shape: `[B, T, inputSize]` to `[B, T, D · hiddenSize]`, with `D` 2 when bidirectional, otherwise 1. Parameters are named and shaped
/// as ``GRU``'s, with four gates in the order i, f, g, o. To decode step by step, call the layer with `T` = 1 and the states and
/// cells of the step before.
public struct LSTM: Module, CustomReflectable {
  /// What the layers computed.
  public struct Output {
    /// The last layer's states after each step, `[B, T, D · hiddenSize]`.
    public let steps: Tensor
    /// The last state of each layer and direction, `[layerCount · D, B, hiddenSize]`.
    public let states: Tensor
    /// The last cell of each layer and direction, `[layerCount · D, B, hiddenSize]`.
    public let cells: Tensor
  }

  let network: RecurrentNetwork

  /// Makes layers with initial values, uniform in `±1/√hiddenSize`.
  ///
  /// - Parameters:
  ///   - inputSize: number of elements of a step's vector.
  ///   - hiddenSize: number of elements of a state, of each direction.
  ///   - layerCount: number of layers, each on the states of the one before.
  ///   - isBidirectional: whether a second network reads each sequence from its end.
  ///   - hasBias: whether there are biases.
  ///   - dropout: rate at which elements are dropped between layers in training, in `[0, 1)`.
  ///   - random: draws the initial values.
  /// - Precondition: sizes and `layerCount` are positive.
  public init(
    inputSize: Int, hiddenSize: Int, layerCount: Int = 1, isBidirectional: Bool = false,
    hasBias: Bool = true, dropout: Double = 0, using random: inout RandomSource
  ) {
    network = RecurrentNetwork(
      inputSize: inputSize, hiddenSize: hiddenSize, layerCount: layerCount, gateCount: 4,
      isBidirectional: isBidirectional, hasBias: hasBias, dropout: dropout, using: &random)
  }

  /// Records the layers.
  ///
  /// - Parameters:
  ///   - x: `[B, T, inputSize]`, finite beyond the lengths too.
  ///   - initialStates: states and cells, each `[layerCount · D, B, hiddenSize]`; zeros without.
  ///   - lengths: as for ``GRU/callAsFunction(_:initialStates:lengths:using:)``.
  ///   - pass: the recording it becomes part of.
  public func callAsFunction(
    _ x: Tensor, initialStates: (states: Tensor, cells: Tensor)? = nil, lengths: Tensor? = nil,
    using pass: inout Pass
  ) -> Output {
    let (steps, states) = network.record(
      x, initial: initialStates.map { [$0.states, $0.cells] }, using: &pass
    ) { x, weights, initial, isReverse in
      let y = Tensor.lstm(
        x, weights, initialState: initial.map { ($0[0], $0[1]) }, lengths: lengths,
        isReverse: isReverse)
      return [y.steps, y.state, y.cell]
    }
    return Output(steps: steps, states: states[0], cells: states[1])
  }

  /// The parameters stand directly below the layer, under PyTorch's names.
  public var customMirror: Mirror {
    Mirror(self, children: network.children, displayStyle: .struct)
  }
}
