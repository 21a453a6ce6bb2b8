public import Tensors

/// Gated recurrent units over sequences (Cho et al. 2014, https://arxiv.org/abs/1406.1078), as PyTorch's `GRU` with
/// `batch_first`.
///
/// `r = σ(Wr·x + br + Ur·h + cr)`, `z` alike, `n = tanh(Wn·x + bn + r·(Un·h + cn))`, `h' = (1 - z)·n + z·h`
///
/// Differs from the paper, as PyTorch does: the reset gate acts after the recurrent product.
///
/// Shape: `[B, T, inputSize]` to `[B, T, D · hiddenSize]`, with `D` 2 when bidirectional, otherwise 1. Parameters, for layer
/// `k`: `weight_ih_lk [3 · hiddenSize, inputSize]` (layers after the first take `D · hiddenSize`), `weight_hh_lk
/// [3 · hiddenSize, hiddenSize]`, `bias_ih_lk` and `bias_hh_lk [3 · hiddenSize]`, gates in the order r, z, n; those of the other direction end
/// in `_reverse`. To decode step by step, call the layer with `T` = 1 and the states of the step before.
public struct GRU: Module, CustomReflectable {
  /// What the layers computed.
  public struct Output {
    /// The last layer's states after each step, `[B, T, D · hiddenSize]`.
    public let steps: Tensor
    /// The last state of each layer and direction, `[layerCount · D, B, hiddenSize]`.
    public let states: Tensor
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
      inputSize: inputSize, hiddenSize: hiddenSize, layerCount: layerCount, gateCount: 3,
      isBidirectional: isBidirectional, hasBias: hasBias, dropout: dropout, using: &random)
  }

  /// Records the layers.
  ///
  /// - Parameters:
  ///   - x: `[B, T, inputSize]`, finite beyond the lengths too.
  ///   - initialStates: `[layerCount · D, B, hiddenSize]`; zeros without.
  ///   - lengths: how many steps of each sequence count, whole numbers in `0...T`, shape `[B]`; all without. Later steps
  ///     are 0, and the last states are those after the last step that counts. A run with other numbers throws
  ///     `TensorError.indexOutOfRange`.
  ///   - pass: the recording it becomes part of.
  public func callAsFunction(
    _ x: Tensor, initialStates: Tensor? = nil, lengths: Tensor? = nil, using pass: inout Pass
  ) -> Output {
    let (steps, states) = network.record(
      x, initial: initialStates.map { [$0] }, using: &pass
    ) { x, weights, initial, isReverse in
      let y = Tensor.gru(
        x, weights, initialState: initial?[0], lengths: lengths, isReverse: isReverse)
      return [y.steps, y.state]
    }
    return Output(steps: steps, states: states[0])
  }

  /// The parameters stand directly below the layer, under PyTorch's names.
  public var customMirror: Mirror {
    Mirror(self, children: network.children, displayStyle: .struct)
  }
}
