import Tensors
import TestSupport
import Testing

@Suite struct NormalizationTests {
  static let shapes: [Shape] = [
    [6, 4], [2, 3], [1, 3], [3, 2, 5], [1, 2, 6], [4, 3, 3, 2], [1, 2, 4, 4], [5, 6, 1, 1],
    [3, 1, 3, 4], [2, 5, 2, 2], [0, 3], [0, 3, 4], [0, 2, 3, 3], [2, 2, 0, 3],
  ]

  private static let epsilon: Float = 1e-3

  /// Subtracts the mean and divides by the deviation of all numbers that share a key.
  private static func normalized(
    _ x: DoubleArray, _ weight: DoubleArray, _ bias: DoubleArray, by key: ([Int]) -> Int,
    of index: ([Int]) -> [Int]
  ) -> DoubleArray {
    var members: [Int: [Double]] = [:]
    _ = DoubleArray(x.shape) { place in
      members[key(place), default: []].append(x[place])
      return 0
    }
    let means = members.mapValues { $0.reduce(0, +) / Double($0.count) }
    let deviations = Dictionary(
      uniqueKeysWithValues: members.map { key, values in
        let mean = values.reduce(0, +) / Double(values.count)
        let variance =
          values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        return (key, (variance + Double(epsilon)).squareRoot())
      })
    return DoubleArray(x.shape) { place in
      let (mean, deviation) = (means[key(place)] ?? .nan, deviations[key(place)] ?? .nan)
      return (x[place] - mean) / deviation * weight[index(place)] + bias[index(place)]
    }
  }

  private static func operands(_ shape: Shape, _ own: Shape) -> [Draw] {
    [Draw(shape), Draw(own, in: 0.5...2), Draw(own)]
  }

  @Test("A batch is normalised channel by channel", arguments: shapes)
  func batch(_ shape: Shape) throws {
    try checkOperator(
      Self.operands(shape, [shape[1]]), tolerance: 2e-5,
      reference: { Self.normalized($0[0], $0[1], $0[2], by: { $0[1] }, of: { [$0[1]] }) },
      {
        Tensor.batchNormalization($0[0], weight: $0[1], bias: $0[2], epsilon: Self.epsilon).y
      })
  }

  @Test("A trained network normalises by the given statistics", arguments: shapes)
  func known(_ shape: Shape) throws {
    let channels: Shape = [shape[1]]
    try checkOperator(
      Self.operands(shape, channels) + [Draw(channels), Draw(channels, in: 0.5...2)],
      tolerance: 2e-5,
      reference: { operands in
        DoubleArray(shape) { place in
          let channel = [place[1]]
          let deviation = (operands[4][channel] + Double(Self.epsilon)).squareRoot()
          return (operands[0][place] - operands[3][channel]) / deviation * operands[1][channel]
            + operands[2][channel]
        }
      },
      {
        .batchNormalization(
          $0[0], weight: $0[1], bias: $0[2], mean: $0[3], variance: $0[4], epsilon: Self.epsilon)
      })
  }

  @Test("Groups of channels are normalised image by image", arguments: shapes)
  func groups(_ shape: Shape) throws {
    for groups in 1...shape[1] where shape[1].isMultiple(of: groups) {
      let width = shape[1] / groups
      try checkOperator(
        Self.operands(shape, [shape[1]]), tolerance: 2e-5,
        reference: {
          Self.normalized(
            $0[0], $0[1], $0[2], by: { $0[0] * groups + $0[1] / width }, of: { [$0[1]] })
        },
        {
          .groupNormalization(
            $0[0], groups: groups, weight: $0[1], bias: $0[2], epsilon: Self.epsilon)
        })
    }
  }

  @Test("Rows of the last axes are normalised", arguments: shapes)
  func layers(_ shape: Shape) throws {
    for axis in 0..<shape.rank {
      let own = Shape(Array(shape.dimensions[axis...]))
      guard own.count > 0 else { continue }
      try checkOperator(
        Self.operands(shape, own), tolerance: 2e-5,
        reference: {
          Self.normalized(
            $0[0], $0[1], $0[2],
            by: { place in
              zip(place, shape.dimensions).prefix(axis).reduce(0) { $0 * $1.1 + $1.0 }
            }, of: { Array($0[axis...]) })
        },
        { .layerNormalization($0[0], weight: $0[1], bias: $0[2], epsilon: Self.epsilon) })
    }
  }

  @Test("Mean and variance of each channel are those of the whole batch")
  func statistics() throws {
    var random = RandomSource(seed: 4)
    for shape in [[70, 3, 5, 7], [33, 130, 3, 1], [300, 1], [40, 200], [1, 5, 9, 9]] as [Shape] {
      // Far from 0, where the difference of mean square and squared mean would have no digit left.
      let x = NDArray.uniform(shape, in: 999...1001, using: &random)
      let ones = Tensor(NDArray(repeating: 1, shape: [shape[1]]))
      let (_, mean, variance) = Tensor.batchNormalization(
        Tensor(x), weight: ones, bias: ones, epsilon: 1e-5)
      let found = try Tensor.evaluated([mean, variance])
      let exact = DoubleArray(x)
      let others = Double(shape.count / shape[1])
      var means = [Double](repeating: 0, count: shape[1])
      _ = DoubleArray(shape) { place in
        means[place[1]] += exact[place] / others
        return 0
      }
      var variances = [Double](repeating: 0, count: shape[1])
      _ = DoubleArray(shape) { place in
        let distance = exact[place] - means[place[1]]
        variances[place[1]] += distance * distance / others
        return 0
      }
      expectClose(found[0].scalars, means, tolerance: 2e-7, "mean of \(shape)")
      // A thousand deviations away, the means of parts are known to a ten-thousandth of one.
      expectClose(found[1].scalars, variances, tolerance: 1e-4, "variance of \(shape)")
    }
  }

  @Test(
    "Large batches, wide and narrow, agree with sums in Double",
    arguments: [
      [70, 3, 5, 7], [33, 130, 3, 1], [40, 200], [96, 16, 4, 4],
    ] as [Shape])
  func large(_ shape: Shape) throws {
    var random = RandomSource(seed: 6)
    let (x, g) = (NDArray.uniform(shape, using: &random), NDArray.uniform(shape, using: &random))
    let weight = NDArray.uniform([shape[1]], in: 0.5...2, using: &random)
    let inputs = [x, weight].map { Tensor.input($0.shape) }
    let bias = Tensor(NDArray(repeating: 0, shape: [shape[1]]))
    let y = Tensor.batchNormalization(
      inputs[0], weight: inputs[1], bias: bias, epsilon: Self.epsilon
    ).y
    let slopes = try gradients(of: (y * Tensor(g)).sum(), withRespectTo: inputs + [bias])
    let plan = try Plan(inputs: inputs, outputs: [y] + slopes.compactMap { $0 })
    try plan.run([x, weight])

    let (scale, zeros) = (
      DoubleArray(weight), DoubleArray([Double](repeating: 0, count: shape[1]), shape: [shape[1]])
    )
    let ones = zeros.mapped { _ in 1 }
    let centred = Self.normalized(
      DoubleArray(x), ones, zeros, by: { $0[1] }, of: { [$0[1]] })
    let exact = DoubleArray(g)
    expectClose(plan.output(0), DoubleArray(shape) { centred[$0] * scale[[$0[1]]] })
    var (products, sums) = (zeros, zeros)
    _ = DoubleArray(shape) { place in
      products.values[place[1]] += exact[place] * centred[place]
      sums.values[place[1]] += exact[place]
      return 0
    }
    expectClose(plan.output(2), products, "gradient by the weight")
    expectClose(plan.output(3), sums, "gradient by the bias")
    let count = Double(shape.count / shape[1])
    // Of variance + epsilon: epsilon is what is missing to 1 from the variance of what was normalised.
    var missing = ones
    _ = DoubleArray(shape) { place in
      missing.values[place[1]] -= centred[place] * centred[place] / count
      return 0
    }
    let inverse = missing.mapped { ($0 / Double(Self.epsilon)).squareRoot() }
    let ofX = DoubleArray(shape) { place in
      let channel = [place[1]]
      return scale[channel] * inverse[channel]
        * (exact[place] - sums[channel] / count - centred[place] * products[channel] / count)
    }
    expectClose(plan.output(1), ofX, tolerance: 2e-5, "gradient by x")
  }

  @Test("A rectifier after a normalisation is done along the way")
  func rectifier() throws {
    let x = Tensor.input([4, 6, 3, 3])
    let ones = Tensor(NDArray(repeating: 1, shape: [6]))
    let results = [
      Tensor.batchNormalization(x, weight: ones, bias: ones, epsilon: 1e-5).y.relu(),
      Tensor.batchNormalization(
        x, weight: ones, bias: ones, mean: ones, variance: ones, epsilon: 1e-5
      ).relu(),
      Tensor.groupNormalization(x, groups: 3, weight: ones, bias: ones, epsilon: 1e-5).relu(),
    ]
    for result in results {
      let slope = try #require(try gradients(of: result.sum(), withRespectTo: [x])[0])
      let plan = try Plan(inputs: [x], outputs: [result.sum(), slope])
      plan.startProfiling()
      try plan.run([NDArray(repeating: 1, shape: [4, 6, 3, 3])])
      let labels = plan.profile.entries.map(\.label)
      #expect(labels.contains { $0.contains("Normalization") && $0.hasSuffix("+Relu") })
      #expect(!labels.contains { $0.hasPrefix("Relu") })
    }
  }

  @Test("Shapes that do not fit are reported")
  func faults() {
    func zeros(_ shape: Shape) -> Tensor { Tensor(NDArray(repeating: 0, shape: shape)) }
    let x = zeros([2, 6, 3])
    let (right, wrong) = (zeros([6]), zeros([3]))
    let cases: [(Tensor, String)] = [
      (
        Tensor.batchNormalization(x, weight: wrong, bias: wrong, epsilon: 1e-5).mean,
        "BatchNormalization of [2, 6, 3] and [3] and [3]: there are 6 channels, "
          + "and numbers of shape [3] for them"
      ),
      (
        .batchNormalization(
          zeros([6]), weight: right, bias: right, mean: right, variance: right, epsilon: 1e-5),
        "BatchNormalization of [6] and [6] and [6] and [6] and [6]: "
          + "what is normalised must be [N, C, ...] with at least one channel"
      ),
      (
        .groupNormalization(x, groups: 4, weight: right, bias: right, epsilon: 1e-5),
        "GroupNormalization of [2, 6, 3] and [6] and [6]: 6 channels do not make 4 equal groups"
      ),
      (
        .layerNormalization(x, weight: right, bias: right, epsilon: 1e-5),
        "LayerNormalization of [2, 6, 3] and [6] and [6]: "
          + "the last axes are not [6], whose rows are normalised"
      ),
      (
        .layerNormalization(x, weight: wrong, bias: right, epsilon: 1e-5),
        "LayerNormalization of [2, 6, 3] and [3] and [6]: "
          + "weight and bias have the shapes [3] and [6]"
      ),
      (
        .layerNormalization(wrong, weight: x, bias: x, epsilon: 1e-5),
        "LayerNormalization of [3] and [2, 6, 3] and [2, 6, 3]: "
          + "the last axes are not [2, 6, 3], whose rows are normalised"
      ),
    ]
    for (tensor, message) in cases { #expect(tensor.fault?.description == message) }
  }
}
