import Foundation
import Layers
import Tensors
import TestSupport
import Testing

@Suite struct CrossEntropyTests {
  private static func reference(
    _ logits: DoubleArray, _ labels: [Int], _ smoothing: Double, ignoring ignored: Int?
  ) -> DoubleArray {
    let classes = logits.shape[-1]
    let losses = labels.indices.map { row -> Double in
      guard labels[row] != ignored else { return 0 }
      let values = logits.values[row * classes..<(row + 1) * classes]
      let greatest = values.max() ?? 0
      let total = greatest + log(values.reduce(0) { $0 + exp($1 - greatest) })
      let mean = values.reduce(0, +) / Double(classes)
      let ofLabel = total - values[row * classes + labels[row]]
      return (1 - smoothing) * ofLabel + smoothing * (total - mean)
    }
    return DoubleArray(losses, shape: Shape(logits.shape.dimensions.dropLast()))
  }

  @Test(
    "Cross-entropy is the negative logarithm of the label's probability",
    arguments: [
      [1, 1], [4, 3], [1, 70], [0, 5], [5], [2, 3, 4], [2, 0, 4], [1, 2, 1, 33],
    ] as [Shape], [(0, nil), (0.1, nil), (0, 1), (0.3, 0), (1, nil)] as [(Double, Int?)])
  func losses(_ shape: Shape, _ settings: (smoothing: Double, ignored: Int?)) throws {
    var random = RandomSource(seed: 6)
    let rows = shape.dimensions.dropLast().reduce(1, *)
    let labels = (0..<rows).map { _ in Int.random(in: 0..<shape[-1], using: &random) }
    let given = Tensor(
      NDArray(labels.map { Float($0) }, shape: Shape(shape.dimensions.dropLast())))
    try checkOperator(
      [Draw(shape, in: -4...4)],
      reference: {
        Self.reference($0[0], labels, settings.smoothing, ignoring: settings.ignored)
      },
      {
        .crossEntropy(
          logits: $0[0], labels: given, labelSmoothing: settings.smoothing,
          ignoredIndex: settings.ignored)
      })
  }

  @Test(
    "Rows of many classes agree with cross-entropy composed of other operators",
    arguments: [1000, 1024, 5001])
  func manyClasses(_ classes: Int) throws {
    var random = RandomSource(seed: 12)
    let logits = Tensor(NDArray.uniform([5, classes], in: -20...20, using: &random))
    let labels = Tensor(Draw([5], integers: 0...classes - 1).values(using: &random))
    let weights = Tensor(NDArray.uniform([5], using: &random))
    let losses = [
      Tensor.crossEntropy(logits: logits, labels: labels),
      logits.logSumExp(axes: [1]) - (logits * labels.oneHot(count: classes)).sum(axes: [1]),
    ]
    let slopes = try losses.map {
      try #require(try gradients(of: ($0 * weights).sum(), withRespectTo: [logits])[0])
    }
    let values = try Tensor.evaluated(losses + slopes)
    expectClose(values[0], DoubleArray(values[1]), tolerance: 2e-6)
    expectClose(values[2], DoubleArray(values[3]), tolerance: 2e-6, "gradient")
  }

  @Test("The mean is over labels that are not ignored, and 0 where there is none")
  func mean() throws {
    let labels = [2, 0, 1, 0]
    let given = Tensor(NDArray(labels.map { Float($0) }, shape: [2, 2]))
    for (ignored, counted) in [(nil, 4), (0, 2), (1, 3), (-100, 4)] as [(Int?, Double)] {
      try checkOperator(
        [Draw([2, 2, 3])],
        reference: {
          Self.reference($0[0], labels, 0.1, ignoring: ignored).sum().mapped { $0 / counted }
        },
        {
          .meanCrossEntropy(
            logits: $0[0], labels: given, labelSmoothing: 0.1, ignoredIndex: ignored)
        })
    }
    let zeros = Tensor(NDArray(repeating: 0, shape: [3]))
    let logits = Tensor(NDArray(repeating: 1, shape: [3, 2]))
    let loss = Tensor.meanCrossEntropy(logits: logits, labels: zeros, ignoredIndex: 0)
    let slope = try #require(try gradients(of: loss, withRespectTo: [logits])[0])
    #expect(try loss.evaluated().scalars == [0])
    #expect(try slope.evaluated().scalars == [0, 0, 0, 0, 0, 0])
  }

  @Test("Logits of any size give finite losses and slopes; impossible labels an infinite loss")
  func extremes() throws {
    let logits = Tensor(
      NDArray([1e30, 0, -1e30, 500, 400, 300, -.infinity, 0, 0], shape: [3, 3]))
    let labels = Tensor(NDArray([0, 2, 1], shape: [3]))
    let loss = Tensor.crossEntropy(logits: logits, labels: labels)
    let slope = try #require(try gradients(of: loss.sum(), withRespectTo: [logits])[0])
    #expect(try loss.evaluated().scalars[..<2] == [0, 200])
    #expect(try slope.evaluated().scalars == [0, 0, 0, 1, 0, -1, 0, -0.5, 0.5])
    let impossible = Tensor(NDArray([0, 0, 0], shape: [3]))
    let losses = try Tensor.crossEntropy(logits: logits, labels: impossible).evaluated()
    #expect(losses.scalars == [0, 0, .infinity])
  }

  @Test("NaN among the logits makes its own row's loss NaN")
  func nan() throws {
    var logits = NDArray(repeating: 1, shape: [3, 1500])
    for place in [0, 1500 + 1499] { logits.scalars[place] = .nan }
    let labels = Tensor(NDArray(repeating: 3, shape: [3]))
    let losses = try Tensor.crossEntropy(logits: Tensor(logits), labels: labels).evaluated()
    #expect(losses.scalars.map(\.isNaN) == [true, true, false])
    let all = Tensor(NDArray(repeating: .nan, shape: [1, 3]))
    let loss = try Tensor.crossEntropy(logits: all, labels: Tensor(NDArray([0], shape: [1])))
      .evaluated()
    #expect(loss.scalars[0].isNaN)
  }

  @Test("A label that is no class stops the run", arguments: [3, -1, 0.5, .nan, -100] as [Float])
  func outOfRange(_ label: Float) throws {
    let logits = Tensor(NDArray(repeating: 0, shape: [2, 3]))
    let loss = Tensor.crossEntropy(logits: logits, labels: Tensor(NDArray([0, label], shape: [2])))
    let error = #expect(throws: TensorError.self) {
      try loss.evaluated(on: Engine(threadCount: 1))
    }
    #expect(
      error?.description
        == "SoftmaxCrossEntropyLoss [2, 3] was given an index that is not a whole number in range; "
        + "check the labels or tokens of the data")
  }

  @Test("Logits and labels that do not fit are reported")
  func faults() throws {
    let x = Tensor(NDArray(repeating: 0, shape: [2, 3]))
    let labels = Tensor(NDArray(repeating: 0, shape: [3]))
    #expect(
      Tensor.crossEntropy(logits: x, labels: labels).fault?.description
        == "SoftmaxCrossEntropyLoss of [2, 3] and [3]: "
        + "each row of a matrix of logits needs one label")
    #expect(Tensor.crossEntropy(logits: x + Tensor.input([7]), labels: labels).fault != nil)
  }

  @Test("The slope of cross-entropy has a slope itself")
  func twice() throws {
    let labels = Tensor(NDArray([1, 0, 2], shape: [3]))
    // By the slope along a fixed direction, so that the reference is a plain difference of slopes.
    try checkOperator(
      [Draw([3, 4]), Draw([3])],
      reference: { x in
        let (logits, weights) = (x[0], x[1])
        return DoubleArray([3, 4]) { place in
          let row = logits.values[place[0] * 4..<place[0] * 4 + 4].map { exp($0) }
          let p = row[place[1]] / row.reduce(0, +)
          let label = [1, 0, 2][place[0]]
          if label == 2 { return 0 }
          let target = 0.8 * (label == place[1] ? 1 : 0) + 0.2 / 4
          return (p - target) * weights.values[place[0]]
        }
      },
      { x in
        let losses = Tensor.crossEntropy(
          logits: x[0], labels: labels, labelSmoothing: 0.2, ignoredIndex: 2)
        let slopes = try? gradients(of: (losses * x[1]).sum(), withRespectTo: [x[0]])
        return slopes?[0] ?? x[0]
      })
  }
}
