import Layers
import Tensors
import TestSupport
import Testing

@Suite struct RecurrentLayerTests {
  @Test("A GRU's values and gradients are PyTorch's", arguments: LayerReference.cases(of: "gru"))
  func gru(_ path: String) throws {
    try checkLayer(path) { example in
      var random = RandomSource(seed: 1)
      return GRU(
        inputSize: try example.setting("inputSize"), hiddenSize: try example.setting("hiddenSize"),
        layerCount: try example.setting("layerCount"),
        isBidirectional: try example.setting("isBidirectional"),
        hasBias: try example.setting("hasBias"), using: &random)
    } apply: { layer, inputs, pass in
      let y = layer(
        try inputs("x"), initialStates: inputs["h0"], lengths: inputs["lengths"], using: &pass)
      return ["y": y.steps, "hn": y.states]
    }
  }

  @Test("An LSTM's values and gradients are PyTorch's", arguments: LayerReference.cases(of: "lstm"))
  func lstm(_ path: String) throws {
    try checkLayer(path) { example in
      var random = RandomSource(seed: 1)
      return LSTM(
        inputSize: try example.setting("inputSize"), hiddenSize: try example.setting("hiddenSize"),
        layerCount: try example.setting("layerCount"),
        isBidirectional: try example.setting("isBidirectional"),
        hasBias: try example.setting("hasBias"), using: &random)
    } apply: { layer, inputs, pass in
      let first = inputs["h0"].flatMap { state in inputs["c0"].map { (state, $0) } }
      let y = layer(
        try inputs("x"), initialStates: first, lengths: inputs["lengths"], using: &pass)
      return ["y": y.steps, "hn": y.states, "cn": y.cells]
    }
  }

  @Test("Weights and biases start uniformly within PyTorch's bound")
  func start() {
    var random = RandomSource(seed: 1)
    let layers: [any Module] = [
      GRU(inputSize: 9, hiddenSize: 64, layerCount: 2, using: &random),
      LSTM(inputSize: 9, hiddenSize: 64, isBidirectional: true, using: &random),
    ]
    for layer in layers {
      #expect(layer.parameters.count == 8)
      for values in layer.parameters.map(\.value.scalars) {
        #expect(values.allSatisfy { abs($0) <= 0.125 })
        #expect(values.contains { $0 > 0.11 } && values.contains { $0 < -0.11 })
      }
    }
  }

  @Test("Parameters are named and ordered as in PyTorch's state_dict")
  func names() {
    var random = RandomSource(seed: 1)
    let layer = GRU(
      inputSize: 5, hiddenSize: 2, layerCount: 2, isBidirectional: true, using: &random)
    let parts = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
    #expect(
      layer.namedParameters.map(\.path)
        == ["l0", "l0_reverse", "l1", "l1_reverse"].flatMap { end in parts.map { "\($0)_\(end)" } })
    #expect(
      layer.parameters.map(\.shape).filter { $0.rank == 2 }
        == [[6, 5], [6, 2], [6, 5], [6, 2], [6, 4], [6, 2], [6, 4], [6, 2]])
  }

  @Test("Step by step with the states handed on gives what the whole sequence gives")
  func decoding() throws {
    var random = RandomSource(seed: 3)
    let gru = GRU(inputSize: 3, hiddenSize: 20, layerCount: 2, using: &random)
    let lstm = LSTM(inputSize: 3, hiddenSize: 20, layerCount: 2, using: &random)
    let x = Tensor(NDArray.uniform([2, 6, 3], using: &random))
    var pass = Pass.evaluation()
    let whole = [gru(x, using: &pass).steps, lstm(x, using: &pass).steps]
    var states: Tensor?
    var memory: (states: Tensor, cells: Tensor)?
    var steps: [[Tensor]] = [[], []]
    for piece in x.split(axis: 1, into: 6) {
      let y = gru(piece, initialStates: states, using: &pass)
      let z = lstm(piece, initialStates: memory, using: &pass)
      (states, memory) = (y.states, (z.states, z.cells))
      steps[0].append(y.steps)
      steps[1].append(z.steps)
    }
    let results = try Tensor.evaluated(whole + steps.map { .concatenated($0, axis: 1) })
    expectClose(results[2], DoubleArray(results[0]), tolerance: 1e-6)
    expectClose(results[3], DoubleArray(results[1]), tolerance: 1e-6)
  }

  @Test("Dropout lies between layers, and in training only")
  func dropout() throws {
    func steps(_ pass: Pass, layers: Int, rate: Double) throws -> NDArray {
      var (pass, random) = (pass, RandomSource(seed: 4))
      let layer = GRU(
        inputSize: 3, hiddenSize: 8, layerCount: layers, dropout: rate, using: &random)
      let x = Tensor(NDArray.uniform([2, 3, 3], using: &random))
      return try layer(x, using: &pass).steps.evaluated()
    }
    let training = Pass.training(using: RandomSource(seed: 5))
    let plain = try steps(.evaluation(), layers: 2, rate: 0)
    #expect(try steps(.evaluation(), layers: 2, rate: 0.5) == plain)
    #expect(try steps(training, layers: 2, rate: 0) == plain)
    #expect(try steps(training, layers: 2, rate: 0.5) != plain)
    #expect(
      try steps(training, layers: 1, rate: 0.5) == steps(.evaluation(), layers: 1, rate: 0))
  }

  @Test("Input or states of the wrong size are reported with the layer's path")
  func wrongSize() throws {
    struct Model: Module { let encoder: GRU }
    var random = RandomSource(seed: 1)
    let model = Model(encoder: GRU(inputSize: 3, hiddenSize: 2, using: &random))
    model.nameParameters()
    var pass = Pass.evaluation()
    func zeros(_ shape: Shape) -> Tensor { Tensor(NDArray(repeating: 0, shape: shape)) }
    let wide = model.encoder(zeros([2, 5, 4]), using: &pass)
    for tensor in [wide.steps, wide.states] {
      #expect(tensor.fault?.description.hasPrefix("layer \"encoder\": GRU of [2, 5, 4]") == true)
      #expect(
        tensor.fault?.description.hasSuffix("operand 1 has the shape [6, 3], not [6, 4]") == true)
    }
    let states = model.encoder(zeros([2, 5, 3]), initialStates: zeros([2, 2, 2]), using: &pass)
    #expect(states.steps.fault != nil)
  }
}
