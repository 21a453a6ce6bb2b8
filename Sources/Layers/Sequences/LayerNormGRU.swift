public import Tensors

/// Gated recurrent units whose products are normalised (Ba, Kiros and Hinton 2016, https://arxiv.org/abs/1607.06450).
///
/// With `a = LN(W·x)` and `b = LN(U·h)`, each cut in three: `r = σ(a_r + b_r)`, `z` alike, `n = tanh(a_n + r·b_n)`,
/// `h' = (1 - z)·n + z·h`. Differs from the paper: the three parts of a product are normalised together.
///
/// Shape: as ``GRU``. Parameters, for layer `k`: `weight_ih_lk` and `weight_hh_lk` as there, no biases, and a ``LayerNorm`` of
/// either product, `norm_ih_lk` and `norm_hh_lk`, of `[3 · hiddenSize]`; those of the other direction end in `_reverse`. The
/// steps are recorded one by one, which takes longer than a `GRU`.
public struct LayerNormGRU: RecurrentLayer, CustomReflectable {
  private let network: RecurrentNetwork
  /// By layer, then forward and reverse.
  private let norms: [(input: LayerNorm, recurrent: LayerNorm)]

  public var hiddenSize: Int { network.hiddenSize }
  public var layerCount: Int { network.layers.count }
  public var directionCount: Int { network.layers[0].count }
  public var stateKindCount: Int { 1 }

  /// Makes layers with initial values, weights uniform in `±1/√hiddenSize`.
  ///
  /// - Parameters:
  ///   - inputSize: number of elements of a step's vector.
  ///   - hiddenSize: number of elements of a state, of each direction.
  ///   - layerCount: number of layers, each on the states of the one before.
  ///   - isBidirectional: whether a second network reads each sequence from its end.
  ///   - dropout: rate at which elements are dropped between layers in training, in `[0, 1)`.
  ///   - random: draws the initial values.
  /// - Precondition: sizes and `layerCount` are positive.
  public init(
    inputSize: Int, hiddenSize: Int, layerCount: Int = 1, isBidirectional: Bool = false,
    dropout: Double = 0, using random: inout RandomSource
  ) {
    network = RecurrentNetwork(
      inputSize: inputSize, hiddenSize: hiddenSize, layerCount: layerCount, gateCount: 3,
      isBidirectional: isBidirectional, hasBias: false, dropout: dropout, using: &random)
    norms = network.layers.joined().map { _ in
      (LayerNorm(size: 3 * hiddenSize), LayerNorm(size: 3 * hiddenSize))
    }
  }

  public func callAsFunction(
    _ x: Tensor, from states: [Tensor]?, lengths: Tensor?, using pass: inout Pass
  ) -> (steps: Tensor, states: [Tensor]) {
    var place = 0
    return network.record(x, initial: states, using: &pass) { x, weights, initial, isReverse in
      defer { place += 1 }
      return read(x, weights, norms[place], initial?[0], lengths, isReverse)
    }
  }

  /// One layer in one direction: its steps `[B, T, H]` and its last state `[B, H]`.
  private func read(
    _ x: Tensor, _ weights: RecurrentWeights, _ norms: (input: LayerNorm, recurrent: LayerNorm),
    _ initial: Tensor?, _ lengths: Tensor?, _ isReverse: Bool
  ) -> [Tensor] {
    let (batch, time) = (x.shape[0], x.shape[1])
    let rows = x.reshaped(to: [batch * time, x.shape[2]])
    let inputs = norms.input.normalize(
      Tensor.product(rows, weights.input, transposingSecond: true)
    ).reshaped(to: [batch, time, 3, hiddenSize])
    var state = initial ?? Tensor(0).expanded(to: [batch, hiddenSize])
    var steps: [Tensor] = []
    for step in isReverse ? Array((0..<time).reversed()) : Array(0..<time) {
      let input = inputs.slice(axis: 1, from: step, to: step + 1).squeezed(axis: 1)
      let recurrent = norms.recurrent.normalize(
        Tensor.product(state, weights.recurrent, transposingSecond: true)
      ).reshaped(to: [batch, 3, hiddenSize])
      let next = Self.state(after: state, input: input, recurrent: recurrent)
      guard let lengths else {
        state = next
        steps.append(next)
        continue
      }
      let counts = (lengths > Tensor(Float(step))).reshaped(to: [batch, 1])
        .expanded(to: next.shape)
      state = .where(counts, next, state)
      steps.append(next * counts)
    }
    return [.stacked(isReverse ? steps.reversed() : steps, axis: 1), state]
  }

  /// The gates at work; `input` and `recurrent` are `[B, 3, H]`.
  private static func state(after state: Tensor, input: Tensor, recurrent: Tensor) -> Tensor {
    let (a, b) = (input.split(axis: 1, into: 3), recurrent.split(axis: 1, into: 3))
    func part(_ parts: [Tensor], _ place: Int) -> Tensor { parts[place].squeezed(axis: 1) }
    let reset = (part(a, 0) + part(b, 0)).sigmoid()
    let update = (part(a, 1) + part(b, 1)).sigmoid()
    let candidate = (part(a, 2) + reset * part(b, 2)).tanh()
    return candidate + update * (state - candidate)
  }

  /// The parameters stand directly below the layer, as in ``GRU``.
  public var customMirror: Mirror {
    let suffixes = network.layers.joined().map(\.suffix)
    let ofNorms: [(label: String?, value: Any)] = zip(suffixes, norms).flatMap { suffix, norms in
      [("norm_ih_\(suffix)", norms.input), ("norm_hh_\(suffix)", norms.recurrent)]
    }
    return Mirror(self, children: network.children + ofNorms, displayStyle: .struct)
  }
}

extension LayerNorm {
  /// The layer, which needs no pass.
  fileprivate func normalize(_ x: Tensor) -> Tensor {
    .layerNormalization(x, weight: weight.tensor, bias: bias.tensor, epsilon: epsilon)
  }
}
