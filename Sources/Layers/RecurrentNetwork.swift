import Tensors

/// What ``GRU`` and ``LSTM`` share: weights for each layer and direction, and how layers and directions are joined.
struct RecurrentNetwork {
  /// The weights of one layer in one direction.
  struct Direction {
    /// Such as `l0` or `l1_reverse`, which ends PyTorch's names.
    let suffix: String
    let inputWeight: Parameter
    let recurrentWeight: Parameter
    let biases: (input: Parameter, recurrent: Parameter)?

    init(
      suffix: String, inputSize: Int, hiddenSize: Int, gateCount: Int, hasBias: Bool,
      using random: inout RandomSource
    ) {
      let initializer = Initializer.uniform(1 / Double(hiddenSize).squareRoot())
      let width = gateCount * hiddenSize
      self.suffix = suffix
      inputWeight = initializer.parameter([width, inputSize], using: &random)
      recurrentWeight = initializer.parameter([width, hiddenSize], using: &random)
      biases =
        hasBias
        ? (
          initializer.parameter([width], using: &random),
          initializer.parameter([width], using: &random)
        ) : nil
    }

    var weights: RecurrentWeights {
      let none = Tensor(NDArray(repeating: 0, shape: [inputWeight.shape[0]]))
      return RecurrentWeights(
        input: inputWeight.tensor, recurrent: recurrentWeight.tensor,
        inputBias: biases?.input.tensor ?? none, recurrentBias: biases?.recurrent.tensor ?? none)
    }

    var children: [(label: String?, value: Any)] {
      var children: [(label: String?, value: Any)] = [
        ("weight_ih_\(suffix)", inputWeight), ("weight_hh_\(suffix)", recurrentWeight),
      ]
      if let biases {
        children.append(("bias_ih_\(suffix)", biases.input))
        children.append(("bias_hh_\(suffix)", biases.recurrent))
      }
      return children
    }
  }

  /// By layer, then forward and reverse.
  let layers: [[Direction]]
  let dropout: Dropout

  init(
    inputSize: Int, hiddenSize: Int, layerCount: Int, gateCount: Int, isBidirectional: Bool,
    hasBias: Bool, dropout: Double, using random: inout RandomSource
  ) {
    precondition(
      inputSize > 0 && hiddenSize > 0 && layerCount > 0,
      """
      a recurrent network needs positive sizes, got \(inputSize) to \(hiddenSize) in \
      \(layerCount) layers
      """)
    self.dropout = Dropout(rate: dropout)
    let endings = isBidirectional ? ["", "_reverse"] : [""]
    var layers: [[Direction]] = []
    for layer in 0..<layerCount {
      let width = layer == 0 ? inputSize : hiddenSize * endings.count
      layers.append(
        endings.map { ending in
          Direction(
            suffix: "l\(layer)\(ending)", inputSize: width, hiddenSize: hiddenSize,
            gateCount: gateCount, hasBias: hasBias, using: &random)
        })
    }
    self.layers = layers
  }

  /// Number of elements of a state.
  var hiddenSize: Int { layers[0][0].recurrentWeight.shape[1] }

  /// The parameters under PyTorch's names.
  var children: [(label: String?, value: Any)] { layers.joined().flatMap(\.children) }

  /// Records one layer in one direction: its steps, last state and whatever else it carries.
  typealias Record = (
    _ x: Tensor, _ weights: RecurrentWeights, _ initial: [Tensor]?, _ isReverse: Bool
  ) -> [Tensor]

  /// Records all layers.
  ///
  /// - Parameter initial: first states `[layers · directions, B, H]` of each kind.
  /// - Returns: the last layer's steps, directions side by side, and the last states of each kind as the first ones.
  func record(
    _ x: Tensor, initial: [Tensor]?, using pass: inout Pass, _ body: Record
  ) -> (steps: Tensor, states: [Tensor]) {
    let count = layers.count * layers[0].count
    let first = initial?.map { states in
      states.split(axis: 0, sizes: [Int](repeating: 1, count: count)).map { $0.squeezed(axis: 0) }
    }
    var steps = x
    var last: [[Tensor]] = []
    for (number, directions) in layers.enumerated() {
      if number > 0 { steps = dropout(steps, using: &pass) }
      var sides: [Tensor] = []
      for (side, direction) in directions.enumerated() {
        let place = number * directions.count + side
        var results = body(steps, direction.weights, first?.map { $0[place] }, side == 1)
        sides.append(results.removeFirst())
        last.append(results)
      }
      steps = .concatenated(sides, axis: -1)
    }
    let states = last[0].indices.map { kind in Tensor.stacked(last.map { $0[kind] }) }
    return (steps, states)
  }
}
