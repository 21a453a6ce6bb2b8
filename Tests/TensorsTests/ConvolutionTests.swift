import TestSupport
import Testing

@testable import Tensors

/// A convolution's sizes and form.
struct ConvolutionCase: Sendable, CustomTestStringConvertible {
  var batch = 2
  let channels: (Int, Int)
  let space: (Int, Int)
  let kernel: (Int, Int)
  var strides = [1, 1]
  var padding = [0, 0]
  var dilations = [1, 1]
  var groups = 1
  var outputPadding = [0, 0]

  var testDescription: String {
    "\(batch)x\(channels.0)x\(space.0)x\(space.1) to \(channels.1), kernel \(kernel), "
      + "strides \(strides), padding \(padding), dilations \(dilations), groups \(groups)"
  }

  static let all = [
    ConvolutionCase(channels: (1, 1), space: (1, 1), kernel: (1, 1)),
    ConvolutionCase(channels: (3, 2), space: (5, 4), kernel: (3, 3), padding: [1, 1]),
    ConvolutionCase(
      channels: (1, 4), space: (7, 6), kernel: (3, 3), strides: [2, 2], padding: [1, 1]),
    ConvolutionCase(
      batch: 3, channels: (4, 6), space: (6, 7), kernel: (2, 3), strides: [2, 1],
      padding: [0, 1], groups: 2),
    ConvolutionCase(
      batch: 1, channels: (2, 3), space: (7, 7), kernel: (2, 3), padding: [1, 2],
      dilations: [3, 2]),
    ConvolutionCase(
      batch: 5, channels: (17, 19), space: (4, 3), kernel: (3, 3), strides: [3, 2],
      padding: [1, 1]),
    ConvolutionCase(batch: 0, channels: (2, 3), space: (4, 4), kernel: (3, 3)),
    // Lines long enough for windows to be gathered.
    ConvolutionCase(
      batch: 3, channels: (16, 16), space: (2, 9), kernel: (2, 8), strides: [1, 2],
      padding: [1, 2]),
  ]

  static let transposed = [
    ConvolutionCase(channels: (1, 1), space: (1, 1), kernel: (1, 1)),
    ConvolutionCase(
      channels: (3, 2), space: (3, 4), kernel: (3, 3), strides: [2, 2], padding: [1, 1],
      outputPadding: [1, 1]),
    ConvolutionCase(
      channels: (5, 1), space: (4, 3), kernel: (4, 4), strides: [2, 2], padding: [1, 1]),
    ConvolutionCase(
      batch: 3, channels: (6, 9), space: (3, 3), kernel: (2, 3), strides: [3, 2],
      groups: 3, outputPadding: [2, 1]),
    ConvolutionCase(
      batch: 1, channels: (2, 6), space: (3, 3), kernel: (2, 2), dilations: [3, 2],
      outputPadding: [2, 1]),
    ConvolutionCase(
      batch: 5, channels: (19, 17), space: (3, 2), kernel: (3, 3), strides: [2, 2],
      padding: [1, 1]),
    ConvolutionCase(batch: 0, channels: (2, 3), space: (2, 2), kernel: (3, 3)),
  ]
}

@Suite struct ConvolutionTests {
  @Test("A convolution agrees with the sum over windows", arguments: ConvolutionCase.all)
  func convolution(_ form: ConvolutionCase) throws {
    let weight: Shape = [
      form.channels.1, form.channels.0 / form.groups, form.kernel.0, form.kernel.1,
    ]
    try checkOperator(
      [
        Draw([form.batch, form.channels.0, form.space.0, form.space.1]), Draw(weight),
        Draw([form.channels.1]),
      ], tolerance: 1e-5, reference: { reference(form, $0[0], $0[1], $0[2]) },
      {
        .convolution(
          $0[0], $0[1], bias: $0[2], strides: form.strides, padding: form.padding,
          dilations: form.dilations, groups: form.groups)
      })
  }

  @Test(
    "A transposed convolution agrees with windows added up", arguments: ConvolutionCase.transposed)
  func transposed(_ form: ConvolutionCase) throws {
    let weight: Shape = [
      form.channels.0, form.channels.1 / form.groups, form.kernel.0, form.kernel.1,
    ]
    try checkOperator(
      [
        Draw([form.batch, form.channels.0, form.space.0, form.space.1]), Draw(weight),
        Draw([form.channels.1]),
      ], tolerance: 1e-5, reference: { transposedReference(form, $0[0], $0[1], $0[2]) },
      {
        .transposedConvolution(
          $0[0], $0[1], bias: $0[2], strides: form.strides, padding: form.padding,
          outputPadding: form.outputPadding, dilations: form.dilations, groups: form.groups)
      })
  }

  @Test("A network of them agrees for any number of workers, and keeps to what it declares")
  func network() throws {
    var random = RandomSource(seed: 4)
    let x = NDArray.uniform([5, 3, 8, 8], using: &random)
    let weights = [[16, 3, 3, 3], [16, 8, 3, 3], [8, 3, 3, 3]].map {
      Parameter(NDArray.uniform(Shape($0), using: &random))
    }
    let input = Tensor.input(x.shape)
    let hidden = Tensor.convolution(
      input, weights[0].tensor, strides: [2, 2], padding: [1, 1]
    ).relu()
    let middle = Tensor.transposedConvolution(
      hidden, weights[1].tensor, strides: [2, 2], padding: [1, 1], outputPadding: [1, 1]
    ).relu()
    let y = Tensor.transposedConvolution(middle, weights[2].tensor, padding: [1, 1])
    let loss = (y - input).squared().summedPerExample().mean()
    let slopes = try gradients(of: loss, withRespectTo: weights.map(\.tensor)).compactMap { $0 }
    let outputs = [loss, y] + slopes
    let audit = try AccessAudit(inputs: [input], values: [x], outputs: outputs, workers: 3)
    #expect(audit.violations == [])
    let one = try Plan(inputs: [input], outputs: outputs, on: Engine(threadCount: 1))
    try one.run([x])
    for workers in [2, 3, 7] {
      let plan = try Plan(inputs: [input], outputs: outputs, on: Engine(threadCount: workers))
      try plan.run([x])
      for place in outputs.indices {
        expectClose(
          plan.output(place), DoubleArray(one.output(place)), tolerance: 5e-5,
          "output \(place) of \(workers) workers")
        expectClose(audit.outputs[place], DoubleArray(one.output(place)), tolerance: 5e-5)
      }
    }
  }

  @Test("Weights' gradients from gathered windows keep to what they declare", arguments: [1, 3, 4])
  func gathered(_ workers: Int) throws {
    var random = RandomSource(seed: 5)
    let values = [[3, 16, 5, 9], [16, 16, 2, 8]].map { NDArray.uniform(Shape($0), using: &random) }
    let inputs = values.map { Tensor.input($0.shape) }
    let y = Tensor.convolution(inputs[0], inputs[1], strides: [2, 1], padding: [1, 3])
    let slope = try #require(
      try gradients(of: y.squared().sum(), withRespectTo: [inputs[1]])[0])
    let audit = try AccessAudit(inputs: inputs, values: values, outputs: [slope], workers: workers)
    #expect(audit.violations == [])
    let plan = try Plan(inputs: inputs, outputs: [slope], on: Engine(threadCount: 2))
    try plan.run(values)
    expectClose(audit.outputs[0], DoubleArray(plan.output(0)), tolerance: 5e-5)
  }

  @Test("No implementation is the library's slow reference")
  func implementations() throws {
    for (channels, features, kernel, stride) in [(1, 32, 3, 2), (32, 64, 3, 2), (3, 64, 4, 2)] {
      let form = ConvolutionForm(
        strides: [stride, stride], padding: [1, 1], dilations: [1, 1], groups: 1)
      let weight: Shape = [features, channels, kernel, kernel]
      let images: Shape = [8, channels, 28, 28]
      let geometry = ConvolutionGeometry(
        images: images, features: try Conv(form: form).outputShapes([images, weight])[0], weight,
        form)
      for name in try geometry.implementations() {
        #expect(!name.contains("ref") && !name.contains("gemm"), "\(channels) channels: \(name)")
      }
    }
  }
}

/// `y[n, o, i, j] = b[o] + Σ x[n, c, i · s - p + ki · d, …] · w[o, c, ki, kj]`
private func reference(
  _ form: ConvolutionCase, _ x: DoubleArray, _ weight: DoubleArray, _ bias: DoubleArray
) -> DoubleArray {
  let extent = { (axis: Int) in
    let window = (weight.shape[2 + axis] - 1) * form.dilations[axis] + 1
    return (x.shape[2 + axis] + 2 * form.padding[axis] - window) / form.strides[axis] + 1
  }
  var y = DoubleArray.zeros([x.shape[0], weight.shape[0], extent(0), extent(1)])
  forEachPair(form, features: y.shape, images: x.shape, weight.shape) { feature, image, w in
    y.values[feature] += x.values[image] * weight.values[w]
  }
  y.addBias(bias)
  return y
}

private func transposedReference(
  _ form: ConvolutionCase, _ x: DoubleArray, _ weight: DoubleArray, _ bias: DoubleArray
) -> DoubleArray {
  let extent = { (axis: Int) in
    (x.shape[2 + axis] - 1) * form.strides[axis] - 2 * form.padding[axis] + form.outputPadding[axis]
      + (weight.shape[2 + axis] - 1) * form.dilations[axis] + 1
  }
  var y = DoubleArray.zeros([x.shape[0], weight.shape[1] * form.groups, extent(0), extent(1)])
  forEachPair(form, features: x.shape, images: y.shape, weight.shape) { feature, image, w in
    y.values[image] += x.values[feature] * weight.values[w]
  }
  y.addBias(bias)
  return y
}

/// Calls `body` for each feature, element of its window within the image, and weight between them.
private func forEachPair(
  _ form: ConvolutionCase, features: Shape, images: Shape, _ weight: Shape,
  _ body: (_ feature: Int, _ image: Int, _ weight: Int) -> Void
) {
  let (perGroup, channels) = (weight[0] / form.groups, weight[1])
  for n in 0..<features[0] {
    for o in 0..<features[1] {
      for i in 0..<features[2] {
        for j in 0..<features[3] {
          let feature = ((n * features[1] + o) * features[2] + i) * features[3] + j
          for c in 0..<channels {
            for ki in 0..<weight[2] {
              for kj in 0..<weight[3] {
                let row = i * form.strides[0] - form.padding[0] + ki * form.dilations[0]
                let column = j * form.strides[1] - form.padding[1] + kj * form.dilations[1]
                guard (0..<images[2]).contains(row), (0..<images[3]).contains(column) else {
                  continue
                }
                let channel = o / perGroup * channels + c
                body(
                  feature, ((n * images[1] + channel) * images[2] + row) * images[3] + column,
                  ((o * channels + c) * weight[2] + ki) * weight[3] + kj)
              }
            }
          }
        }
      }
    }
  }
}

extension DoubleArray {
  /// Adds a number to each channel of images.
  fileprivate mutating func addBias(_ bias: DoubleArray) {
    let space = shape[2] * shape[3]
    for index in values.indices { values[index] += bias.values[index / space % shape[1]] }
  }
}

extension DoubleArray {
  fileprivate static func zeros(_ shape: Shape) -> DoubleArray {
    DoubleArray([Double](repeating: 0, count: shape.count), shape: shape)
  }
}
