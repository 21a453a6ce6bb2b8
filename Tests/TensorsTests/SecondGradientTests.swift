import Tensors
import TestSupport
import Testing

/// Gradients of losses that are made of gradients, and the refusal of those that nobody has written.
@Suite struct SecondGradientTests {
  /// A smooth number that depends on a slope.
  private static func penalty(_ y: Tensor, by x: Tensor) -> Tensor {
    y.tanh().sum().gradient(withRespectTo: x).squared().sum()
  }

  private static func zeros(_ shape: Shape) -> Tensor {
    Tensor(NDArray(repeating: 0, shape: shape))
  }

  @Test(
    "A convolution's penalty has the gradients that differences show, by image and by weight",
    arguments: [(1, 0), (2, 1), (3, 1)], [false, true])
  func convolutions(_ move: (stride: Int, padding: Int), _ isTransposed: Bool) throws {
    let x = Tensor.input([2, 2, 5, 6])
    let weight = Tensor.input([2, 2, 3, 3])
    let strides = [move.stride, move.stride]
    let padding = [move.padding, move.padding]
    let y =
      isTransposed
      ? Tensor.transposedConvolution(x, weight, strides: strides, padding: padding)
      : Tensor.convolution(x, weight, strides: strides, padding: padding)
    try Self.checkSlopes(of: Self.penalty(y, by: x), [x, weight])
    try Self.checkSlopes(of: Self.penalty(y, by: weight), [x, weight])
  }

  /// Compares slopes with central differences of the graph itself, in single precision.
  private static func checkSlopes(
    of loss: Tensor, _ inputs: [Tensor], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var random = RandomSource(seed: 1)
    let arrays = inputs.map { NDArray.uniform($0.shape, using: &random) }
    let slopes = try gradients(of: loss, withRespectTo: inputs).map { try #require($0) }
    let plan = try Plan(inputs: inputs, outputs: [loss] + slopes)
    try plan.run(arrays)
    let found = slopes.indices.map { plan.output($0 + 1) }
    for operand in inputs.indices {
      let differences = try centralDifferences(
        of: arrays.map { DoubleArray($0) }, by: operand, step: 2e-2
      ) { moved in
        try plan.run(moved.map { NDArray($0.values.map { Float($0) }, shape: $0.shape) })
        return Double(plan.output(0).scalars[0])
      }
      let scale = differences.values.map(abs).max() ?? 0
      #expect(scale > 0.1, sourceLocation: sourceLocation)
      expectClose(
        found[operand].scalars.map { $0 / Float(scale) }, differences.values.map { $0 / scale },
        tolerance: 1e-2, "slope by operand \(operand)", sourceLocation: sourceLocation)
    }
  }

  @Test("A gradient that nobody has written is refused by name, not left out")
  func refusals() throws {
    let images = Self.zeros([2, 4, 6, 6])
    let (scale, rows) = (Self.zeros([4]), Self.zeros([2, 3]))
    let weights = RecurrentWeights(
      input: Self.zeros([9, 2]), recurrent: Self.zeros([9, 3]), inputBias: Self.zeros([9]),
      recurrentBias: Self.zeros([9]))
    let steps = Self.zeros([2, 5, 2])
    let normalised = Tensor.batchNormalization(images, weight: scale, bias: scale, epsilon: 1e-5)
    let cases: [(Tensor, Tensor, String)] = [
      (images.maxPool(kernelSize: [2, 2], strides: [2, 2]), images, "MaxPoolGradient"),
      (normalised.y, images, "BatchNormalizationGradient"),
      (
        .groupNormalization(images, groups: 2, weight: scale, bias: scale, epsilon: 1e-5), images,
        "GroupNormalizationGradient"
      ),
      (
        .layerNormalization(
          rows, weight: Self.zeros([3]), bias: Self.zeros([3]), epsilon: 1e-5), rows,
        "LayerNormalizationGradient"
      ),
      (Tensor.gru(steps, weights).state, steps, "GRUGradient"),
    ]
    for (y, x, operation) in cases {
      let penalty = Self.penalty(y, by: x)
      #expect(penalty.fault == nil)
      #expect(throws: TensorError.gradientUnavailable(operation: operation, layer: nil)) {
        try gradients(of: penalty, withRespectTo: [x])
      }
    }
  }

  @Test("The refusal names the layer and a way out")
  func message() throws {
    let weight = Parameter(
      NDArray(repeating: 1, shape: [4]), path: "encoder/0/normalization/weight")
    let images = Self.zeros([2, 4, 3, 3])
    let y = Tensor.groupNormalization(
      images, groups: 2, weight: weight.tensor, bias: Self.zeros([4]), epsilon: 1e-5)
    let penalty = Self.penalty(y, by: images)
    let error = #expect(throws: TensorError.self) {
      try gradients(of: penalty, withRespectTo: [weight.tensor])
    }
    #expect(
      error?.description
        == "layer \"encoder/0/normalization\": GroupNormalizationGradient cannot be "
        + "differentiated; a penalty on gradients needs networks without max pooling, recurrence "
        + "and normalisation")
  }

  @Test("A gradient within a loss is zero without a path, and carries what is wrong with it")
  func withinALoss() throws {
    let (x, other) = (Tensor.input([2, 3]), Self.zeros([4]))
    let none = x.sum().gradient(withRespectTo: other)
    #expect(try none.evaluated() == NDArray(repeating: 0, shape: [4]))
    let wrong = x.gradient(withRespectTo: x)
    #expect(wrong.fault == .gradientOfNonScalar(shape: [2, 3]))
    #expect(wrong.shape == x.shape)
    #expect(throws: TensorError.gradientOfNonScalar(shape: [2, 3])) {
      try gradients(of: (wrong * 2).sum(), withRespectTo: [x])
    }
  }
}
