import Tensors
import TestSupport
import Testing

@Suite struct PoolingTests {
  struct Case: CustomStringConvertible {
    let x: Shape
    let kernel: [Int]
    let strides: [Int]
    var padding = [0, 0]
    var description: String { "\(x) by \(kernel) every \(strides), \(padding) around" }
  }

  static let cases = [
    Case(x: [2, 3, 4, 6], kernel: [2, 2], strides: [2, 2]),
    Case(x: [1, 1, 5, 7], kernel: [2, 2], strides: [2, 2]),
    Case(x: [3, 17, 5, 4], kernel: [3, 2], strides: [2, 1], padding: [1, 1]),
    Case(x: [2, 35, 3, 3], kernel: [3, 3], strides: [1, 1], padding: [1, 1]),
    Case(x: [2, 2, 7, 8], kernel: [2, 2], strides: [3, 3]),
    Case(x: [2, 2, 1, 9], kernel: [1, 3], strides: [1, 2], padding: [0, 1]),
    Case(x: [2, 16, 4, 3], kernel: [4, 3], strides: [4, 3]),
    Case(x: [2, 3, 1, 1], kernel: [1, 1], strides: [1, 1]),
    Case(x: [0, 3, 4, 4], kernel: [2, 2], strides: [2, 2]),
  ]

  /// Each window's numbers inside the image, reduced to one.
  private static func pooled(
    _ x: DoubleArray, _ example: Case, _ reduce: ([Double]) -> Double
  ) -> DoubleArray {
    let (height, width) = (x.shape[2], x.shape[3])
    let extents = (0..<2).map {
      (x.shape[2 + $0] + 2 * example.padding[$0] - example.kernel[$0]) / example.strides[$0] + 1
    }
    var values: [Double] = []
    for image in 0..<x.shape[0] * x.shape[1] {
      for y in 0..<extents[0] {
        for x_ in 0..<extents[1] {
          let (top, left) = (
            y * example.strides[0] - example.padding[0],
            x_ * example.strides[1] - example.padding[1]
          )
          var window: [Double] = []
          for row in top..<top + example.kernel[0] where (0..<height).contains(row) {
            for column in left..<left + example.kernel[1] where (0..<width).contains(column) {
              window.append(x.values[(image * height + row) * width + column])
            }
          }
          values.append(reduce(window))
        }
      }
    }
    return DoubleArray(values, shape: Shape([x.shape[0], x.shape[1]] + extents))
  }

  @Test("The greatest number of each window, and where its gradient goes", arguments: cases)
  func maximum(_ example: Case) throws {
    try checkOperator(
      [Draw(example.x)],
      reference: { x in Self.pooled(x[0], example) { $0.max() ?? .nan } },
      {
        $0[0].maxPool(
          kernelSize: example.kernel, strides: example.strides, padding: example.padding)
      })
  }

  @Test("The mean of each window counts the zeros around the image", arguments: cases)
  func mean(_ example: Case) throws {
    let size = Double(example.kernel[0] * example.kernel[1])
    try checkOperator(
      [Draw(example.x)],
      reference: { x in Self.pooled(x[0], example) { $0.reduce(0, +) / size } },
      {
        $0[0].averagePool(
          kernelSize: example.kernel, strides: example.strides, padding: example.padding)
      })
  }

  @Test("The gradient of a mean's gradient is a mean again")
  func meanTwice() throws {
    let x = Tensor.input([2, 3, 5, 4])
    let y = x.averagePool(kernelSize: [3, 2], strides: [2, 1], padding: [1, 0])
    let first = try #require(try gradients(of: y.squared().sum(), withRespectTo: [x])[0])
    let weights = NDArray((0..<120).map { Float($0 % 7) - 3 }, shape: [2, 3, 5, 4])
    let second = try #require(
      try gradients(of: (first * Tensor(weights)).sum(), withRespectTo: [x])[0])
    // Linear in x: the second derivative of ½|Ax|² along w is AᵀAw, twice that here.
    let plan = try Plan(inputs: [x], outputs: [first, second])
    try plan.run([weights])
    expectClose(plan.output(1), DoubleArray(plan.output(0)))
  }

  /// Value and gradient of one window of one channel.
  private static func window(_ values: [Float]) throws -> (value: Float, gradient: [Float]) {
    let x = Tensor(NDArray(values, shape: [1, 1, 2, values.count / 2]))
    let y = x.maxPool(kernelSize: [2, values.count / 2], strides: [1, 1])
    let slope = try #require(try gradients(of: y.sum(), withRespectTo: [x])[0])
    let found = try Tensor.evaluated([y, slope])
    return (found[0].scalars[0], found[1].scalars)
  }

  @Test("Among equals the first in the order of rows gets the gradient")
  func ties() throws {
    #expect(try Self.window([1, 3, 3, 3]).gradient == [0, 1, 0, 0])
    #expect(try Self.window([0, 0, 0, 0]).gradient == [1, 0, 0, 0])
    #expect(try Self.window([-.infinity, -.infinity, 1, 1]).gradient == [0, 0, 1, 0])
    let lowest = -Float.infinity
    #expect(try Self.window([lowest, lowest, lowest, lowest]).gradient == [1, 0, 0, 0])
  }

  @Test("A NaN goes through, and the last of a window gets the gradient, as in PyTorch")
  func notANumber() throws {
    for place in 0..<6 {
      var values: [Float] = [1, 5, 2, 4, 3, 0]
      values[place] = .nan
      let found = try Self.window(values)
      #expect(found.value.isNaN)
      #expect(found.gradient.firstIndex(of: 1) == place)
    }
    #expect(try Self.window([.nan, 7, .nan, 9]).gradient == [0, 0, 1, 0])
  }

  @Test("Windows that do not fit are reported with the shapes")
  func faults() {
    let x = Tensor(NDArray(repeating: 0, shape: [2, 3, 4, 5]))
    let sequence = Tensor(NDArray(repeating: 0, shape: [2, 3, 4]))
    let cases: [(Tensor, String)] = [
      (
        x.maxPool(kernelSize: [5, 2], strides: [1, 1]),
        "MaxPool of [2, 3, 4, 5]: the window [5, 2] is larger than the padded image"
      ),
      (
        x.averagePool(kernelSize: [2, 2], strides: [2, 2], padding: [0, 2]),
        "AveragePool of [2, 3, 4, 5]: the padding [0, 2] is more than half of the window [2, 2]"
      ),
      (
        x.maxPool(kernelSize: [2, 2], strides: [0, 1]),
        "MaxPool of [2, 3, 4, 5]: window and strides must be positive, padding not negative"
      ),
      (
        sequence.averagePool(kernelSize: [2, 2], strides: [2, 2]),
        "AveragePool of [2, 3, 4]: images must be [N, C, H, W]"
      ),
    ]
    for (tensor, message) in cases { #expect(tensor.fault?.description == message) }
  }
}
