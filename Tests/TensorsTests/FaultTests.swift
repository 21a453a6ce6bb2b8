import Layers
import Tensors
import TestSupport
import Testing

@Suite struct FaultTests {
  private static func fault(_ tensor: Tensor) throws -> String {
    let error = try #require(throws: TensorError.self) {
      try Plan(inputs: [], outputs: [tensor])
    }
    #expect(tensor.fault == error)
    return error.description
  }

  private static func zeros(_ shape: Shape) -> Tensor {
    Tensor(NDArray(repeating: 0, shape: shape))
  }

  @Test("Operands whose shapes do not meet are reported with both shapes, by the plan")
  func elementwise() throws {
    let sum = Self.zeros([2, 3]) + Self.zeros([4])
    #expect(
      sum.fault
        == .shapesDoNotMeet(
          operation: "Add", layer: nil, shapes: [[2, 3], [4]],
          reason: "their extents are neither equal nor 1"))
    #expect(
      try Self.fault(sum) == "Add of [2, 3] and [4]: their extents are neither equal nor 1")
  }

  @Test("Every operator that can be given shapes that do not fit says why")
  func everyOperator() throws {
    let x = Self.zeros([2, 3])
    let cases: [(Tensor, String)] = [
      (.product(x, x), "Gemm of [2, 3] and [2, 3]: the inner extents are 3 and 2"),
      (.product(x, Self.zeros([3])), "Gemm of [2, 3] and [3]: both must be matrices"),
      (
        .product(x, x, transposingSecond: true, bias: Self.zeros([3])),
        "Gemm of [2, 3] and [2, 3] and [3]: the bias has shape [3], not [2]"
      ),
      (x.sum(axes: 1..<3), "ReduceSum of [2, 3]: there are no axes [2]"),
      (x.reshaped(to: [7]), "Reshape of [2, 3]: 6 elements do not fill the shape [7]"),
      (x.expanded(to: [4, 3]), "Expand of [2, 3]: it does not expand to [4, 3]"),
      (x.transposed([0, 0]), "Transpose of [2, 3]: [0, 0] does not name each axis once"),
      (
        .where(x, Self.zeros([2, 3]), Self.zeros([5])),
        "Where of [2, 3] and [2, 3] and [5]: their extents are neither equal nor 1"
      ),
    ]
    for (tensor, message) in cases { #expect(try Self.fault(tensor) == message) }
  }

  @Test("Joins, slices and paddings that do not fit say why")
  func moves() throws {
    let x = Self.zeros([2, 3])
    let cases: [(Tensor, String)] = [
      (
        .concatenated([x, Self.zeros([2, 4])], axis: 0),
        "Concat of [2, 3] and [2, 4]: they must be equal but for the extent of axis 0"
      ),
      (.concatenated([x, x], axis: -3), "Concat of [2, 3] and [2, 3]: there is no axis -1"),
      (
        .stacked([x, Self.zeros([2])]),
        "Concat of [1, 2, 3] and [1, 2]: they must be equal but for the extent of axis 0"
      ),
      (
        x.split(axis: 1, sizes: [1, 1])[1],
        "Split of [2, 3]: the sizes [1, 1] do not add up to 3"
      ),
      (x.split(axis: 0, into: 3)[2], "Split of [2, 3]: the sizes [0, 0, 0] do not add up to 2"),
      (x.split(axis: 2, into: 3)[0], "Split of [2, 3]: there is no axis 2"),
      (x.slice(axis: 1, from: 2, to: 4), "Slice of [2, 3]: axis 1 has no places 2..<4"),
      (x.slice(axis: 1, from: -4), "Slice of [2, 3]: axis 1 has no places -4..<3"),
      (x.slice(axis: 1, step: 0), "Slice of [2, 3]: the step 0 is not positive"),
      (x.slice(axis: 2), "Slice of [2, 3]: there is no axis 2"),
      (x.reversed(axis: -3), "Slice of [2, 3]: there is no axis -3"),
      (x.padded([(1, -1)]), "Pad of [2, 3]: a padding is negative"),
      (x.padded([(1, 0), (0, 0), (0, 0)]), "Pad of [2, 3]: 3 axes are padded, not 2"),
      (
        x.padded([(1, 3)], mode: .reflect),
        "Pad of [2, 3]: axis 1 is too short to be padded by 1 and 3"
      ),
      (
        Self.zeros([2, 0]).padded([(1, 0)], mode: .replicate),
        "Pad of [2, 0]: axis 1 is too short to be padded by 1 and 0"
      ),
      (x.squeezed(axis: 0), "Squeeze of [2, 3]: axis 0 has the extent 2, not 1"),
      (x.unsqueezed(axis: 4), "Unsqueeze of [2, 3]: there is no axis 4"),
    ]
    for (tensor, message) in cases { #expect(try Self.fault(tensor) == message) }
  }

  @Test("A mistake in a layer names the layer")
  func layerPath() throws {
    struct Network: Module { let encoder: Sequential }
    var random = RandomSource(seed: 0)
    let network = Network(
      encoder: Sequential([
        Linear(inputSize: 3, outputSize: 4, using: &random), Activation.tanh,
        Linear(inputSize: 5, outputSize: 2, using: &random),
      ]))
    network.nameParameters()
    var pass = Pass.evaluation()
    let y = network.encoder(Self.zeros([2, 3]), using: &pass)
    #expect(
      try Self.fault(y)
        == "layer \"encoder/2\": Gemm of [2, 4] and [2, 5] and [2]: the inner extents are 4 and 5")
  }

  @Test("The first mistake goes through further operators, whatever they are")
  func propagation() throws {
    let wrong = Self.zeros([2, 3]) + Self.zeros([4])
    let fault = try #require(wrong.fault)
    let others: [Tensor] = [
      wrong.exp(), wrong + 1, 1 - wrong, wrong * wrong, wrong.sum(), wrong.reshaped(to: [9]),
      wrong.transposed([5]), .product(Self.zeros([2, 2]), wrong), wrong.expanded(to: [9]),
      .where(1, 2, wrong), wrong.stoppingGradient(), wrong.flattened(), wrong * 1, 1 * wrong,
      (wrong + Self.zeros([7])).mean(), .concatenated([Self.zeros([1]), wrong], axis: 0),
      wrong.split(axis: 7, sizes: [1, 2])[1], wrong.slice(axis: 5), wrong.padded([(1, 2)]),
      .stacked([wrong, wrong], axis: 5), wrong.squeezed(axis: 9), wrong.reversed(axis: 9),
    ]
    for tensor in others { #expect(tensor.fault == fault) }
    #expect(throws: fault) { try gradients(of: wrong.sum(), withRespectTo: [wrong]) }
    #expect(throws: fault) { try wrong.sum().evaluated() }
    #expect(throws: fault) { try Plan(inputs: [], outputs: [Self.zeros([1]), wrong]) }
  }

  @Test("A failed expansion is reported even where the operand would have fitted by itself")
  func expansion() throws {
    let x = Self.zeros([3])
    let fault = try #require(x.expanded(to: [2]).fault)
    #expect((x.expanded(to: [2]) + x).fault == fault)
    #expect((x + x.expanded(to: [2])).fault == fault)
  }

  @Test("An update whose gradient or rates have another shape is reported")
  func updates() throws {
    let parameter = Parameter(NDArray(repeating: 0, shape: [2, 3]), path: "layer/weight")
    func update(_ gradient: Shape, _ rates: Shape) -> Tensor {
      ParameterUpdate.momentum(
        parameter, gradient: Self.zeros(gradient), rates: Self.zeros(rates), velocity: nil,
        momentum: 0, weightDecay: 0, isNesterov: false, scale: nil
      ).tensor
    }
    #expect(update([2, 3], [3]).fault == nil)
    for gradient in [[3, 2], [3], [], [6], [1, 1]] as [Shape] {
      let message = try #require(update(gradient, [3]).fault).description
      #expect(message.hasPrefix("layer \"layer\": Momentum of [2, 3] and \(gradient) and [3]: "))
    }
    for rates in [[], [1], [4]] as [Shape] { #expect(update([2, 3], rates).fault != nil) }
  }

  @Test("A gradient of more than one number is refused with a way out")
  func nonScalar() throws {
    let x = Self.zeros([2])
    let error = #expect(throws: TensorError.gradientOfNonScalar(shape: [2])) {
      try gradients(of: x * 2, withRespectTo: [x])
    }
    #expect(
      error?.description
        == "a gradient starts from a single number, got shape [2]; sum or average it first")
  }

  @Test("More memory than can be had is an error, not a crash")
  func memory() throws {
    let huge: Shape = [1 << 30, 1 << 20]
    var random = RandomSource(seed: 0)
    let error = #expect(throws: TensorError.self) {
      try Plan(
        inputs: [], outputs: [Tensor.uniform(huge, using: &random)], on: Engine(threadCount: 1))
    }
    guard case .outOfMemory(let bytes, _) = error else {
      Issue.record("expected a lack of memory, got \(error.debugDescription)")
      return
    }
    #expect(bytes >= huge.count * 4)
    #expect(error?.description.hasSuffix("; use a smaller batch") == true)
  }
}
