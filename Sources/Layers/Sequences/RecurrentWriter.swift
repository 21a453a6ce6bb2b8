public import Tensors

/// Writes sequences with recurrent layers whose first states are `tanh` of an affine map of the code.
///
/// Shape: inputs `[B, T, inputSize]` and a code `[B, codeSize]` to `[B, T, hiddenSize]`.
public struct RecurrentWriter: SequenceWriter {
  /// `[B, codeSize]` to all first states, side by side.
  public let start: Linear
  /// The layers.
  public let network: any RecurrentLayer
  /// Whether each step reads the code beside its input.
  public let readsCodeAtEveryStep: Bool

  /// Makes layers with initial values.
  ///
  /// - Parameters:
  ///   - cell: which recurrent layer.
  ///   - codeSize: number of elements of a code.
  ///   - inputSize: number of elements of a step's vector.
  ///   - hiddenSize: number of elements of a state.
  ///   - layerCount: number of layers, each on the states of the one before.
  ///   - readsCodeAtEveryStep: whether each step reads the code beside its input, as in Kiros et al. 2015.
  ///   - dropout: rate at which elements are dropped between layers in training, in `[0, 1)`.
  ///   - random: draws the initial values.
  /// - Precondition: sizes and `layerCount` are positive.
  public init(
    _ cell: RecurrentCell = .gru, codeSize: Int, inputSize: Int, hiddenSize: Int,
    layerCount: Int = 1, readsCodeAtEveryStep: Bool = false, dropout: Double = 0,
    using random: inout RandomSource
  ) {
    network = cell.makeLayer(
      inputSize: inputSize + (readsCodeAtEveryStep ? codeSize : 0), hiddenSize: hiddenSize,
      layerCount: layerCount, dropout: dropout, using: &random)
    start = Linear(
      inputSize: codeSize, outputSize: network.stateKindCount * layerCount * hiddenSize,
      using: &random)
    self.readsCodeAtEveryStep = readsCodeAtEveryStep
  }

  public var hiddenSize: Int { network.hiddenSize }

  public func initialStates(from code: Tensor, using pass: inout Pass) -> [Tensor] {
    let (kinds, layers) = (network.stateKindCount, network.layerCount)
    let states = start(code, using: &pass).tanh()
      .reshaped(to: [code.shape[0], kinds * layers, hiddenSize]).transposed([1, 0, 2])
    return states.split(axis: 0, into: kinds)
  }

  public func callAsFunction(
    _ inputs: Tensor, from code: Tensor, states: [Tensor], using pass: inout Pass
  ) -> (steps: Tensor, states: [Tensor]) {
    guard readsCodeAtEveryStep else {
      return network(inputs, from: states, lengths: nil, using: &pass)
    }
    let (batch, time) = (inputs.shape[0], inputs.shape[1])
    let repeated = code.reshaped(to: [batch, 1, code.shape[1]])
      .expanded(to: [batch, time, code.shape[1]])
    return network(
      .concatenated([inputs, repeated], axis: 2), from: states, lengths: nil, using: &pass)
  }
}
