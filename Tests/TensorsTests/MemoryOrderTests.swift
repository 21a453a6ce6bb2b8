import Tensors
import TestSupport
import Testing

/// Operators on images whose channels lie last in memory compute what they compute on others.
@Suite struct MemoryOrderTests {
  /// Operators on an image of shape `[2, 4, 3, 5]`.
  static let operators: [@Sendable (Tensor) -> Tensor] = [
    { .concatenated([$0, $0.squared()], axis: 1) }, { .concatenated([$0, $0 + 1], axis: 0) },
    { .concatenated([$0, $0 + 1], axis: -1) }, { $0.split(axis: 1, sizes: [1, 3])[1] },
    { $0.slice(axis: 1, from: 1, to: 3) }, { $0.slice([nil, 1..<4, 0..<2, 2..<4]) },
    { $0.slice(axis: 2, step: 2) }, { $0.slice(axis: 0, from: 1) }, { $0.reversed(axis: 1) },
    { $0.padded([(1, 1), (2, 0)]) }, { $0.padded([(0, 3), (0, 0), (1, 0)], mode: .constant(2)) },
    { $0.padded([(1, 1), (2, 3)], mode: .reflect) },
    { $0.padded([(1, 1), (2, 3)], mode: .replicate) }, { $0.unsqueezed(axis: 2) },
    { $0.softmax(axis: 1) }, { $0.logSoftmax(axis: 1) }, { $0.softmax(axis: -1) },
    { $0.softmax(axis: 0) }, { $0.maximum(axes: [1]) }, { $0.minimum(axes: [2, 3]) },
    { $0.maximum(axes: [0, 2, 3]) }, { $0.product(axes: [2]) }, { $0.logSumExp(axes: [1]) },
    { $0.variance(axes: [1, 2]) }, { $0.argMax(axis: 1) * $0.maximum(axes: [1]) },
    { $0.gathered(at: Tensor(NDArray([3, 0, 3], shape: [3])), axis: 1) },
    { $0.gathered(at: Tensor(NDArray([1, 1, 0, 1], shape: [2, 2]))) }, { $0.reversingGradient() },
    { $0.maxPool(kernelSize: [3, 2], strides: [1, 2], padding: [1, 0]) },
    { $0.averagePool(kernelSize: [2, 3], strides: [1, 1], padding: [0, 1]) },
    { $0.resized(to: [7, 4], .nearest) }, { $0.resized(to: [4, 9], .linear) },
  ]

  @Test("The order of elements in memory changes no result", arguments: operators.indices)
  func sameResults(_ number: Int) throws {
    var random = RandomSource(seed: 5)
    let image = NDArray.uniform([2, 4, 3, 5], using: &random)
    func results(_ body: (Tensor) -> Tensor) throws -> [NDArray] {
      let x = Tensor(image)
      let y = body(x)
      let slope = try #require(try gradients(of: y.squared().sum(), withRespectTo: [x])[0])
      return try Tensor.evaluated([y, slope])
    }
    let plain = try results(Self.operators[number])
    let rearranged = try results { Self.operators[number]($0.channelsLast()) }
    expectClose(rearranged[0], DoubleArray(plain[0]))
    expectClose(rearranged[1], DoubleArray(plain[1]), "gradient")
  }
}
