import Foundation
import Testing

@testable import Tensors

@Suite("Networks told in ONNX operators")
struct GraphFunctionTests {
  /// A function of one tensor with a free batch, and the other extents of that tensor.
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let shape: [Int]
    let body: @Sendable (Tensor) -> Tensor

    init(_ name: String, _ shape: [Int], _ body: @escaping @Sendable (Tensor) -> Tensor) {
      (testDescription, self.shape, self.body) = (name, shape, body)
    }
  }

  static let cases: [Case] = [
    Case("arithmetic", [3]) { ($0 + 1) * $0 / (Tensor(2) - $0 * $0) },
    Case("functions", [4]) { ($0.exp() + 1).log() * $0.tanh() - $0.sigmoid().squareRoot().erf() },
    Case("choices", [5]) { .where(($0 > 0).and($0 < 1).not(), $0, -$0) },
    Case("minimum and maximum", [5]) { .minimum(.maximum($0, -0.5), 0.5) },
    Case("powers", [3]) { $0.absolute().power(0.3) + $0.power(3) },
    Case("sums", [3, 4]) {
      $0.sum(axes: [2]) + $0.mean(axes: [1]).sum(axes: [1], keepingDimensions: true)
    },
    Case("extremes", [3, 4]) { $0.maximum(axes: [1]) - $0.minimum(axes: [1]) },
    Case("product of elements", [4]) { $0.product(axes: [1]) },
    Case("greatest place", [6]) { $0.argMax(axis: 1) * 2 + $0.argMin(axis: 1) },
    Case("rows of zeros with a 1", [6]) { $0.argMax(axis: 1).oneHot(count: 6) * $0 },
    Case("softmax", [3, 4]) { $0.softmax() + $0.logSoftmax(axis: 1) },
    Case("flattening", [3, 4]) { $0.flattened() },
    Case("a batch in the middle", [3, 4]) { $0.transposed([1, 0, 2]).sum(axes: [2]).transposed() },
    Case("slices", [6]) {
      .concatenated([$0.slice(axis: 1, from: 1, to: 4, step: 2), $0], axis: 1)
    },
    Case("reversal", [6]) { $0.reversed(axis: 1) },
    Case("pieces", [6]) { x in
      let pieces = x.split(axis: 1, sizes: [1, 2, 3])
      return .concatenated([pieces[2], pieces[0]], axis: 1)
    },
    Case("padding with a number", [2, 3]) {
      $0.padded([(0, 0), (1, 0), (2, 1)], mode: .constant(2))
    },
    Case("padding by reflection", [2, 3]) { $0.padded([(0, 0), (0, 0), (2, 1)], mode: .reflect) },
    Case("padding by the edge", [2, 3]) { $0.padded([(0, 0), (0, 0), (2, 1)], mode: .replicate) },
    Case("new axes", [3]) { $0.unsqueezed(axis: 1).unsqueezed(axis: -1).squeezed(axis: 1) },
    Case("repetition", [3]) { $0.unsqueezed(axis: 1).expanded(to: [$0.shape[0], 2, 3]) },
    Case("a constant for each row", [3]) {
      .concatenated([$0, Tensor(NDArray(repeating: 7, shape: [$0.shape[0], 2]))], axis: 1)
    },
    Case("maximum of windows", [2, 6, 6]) {
      $0.maxPool(kernelSize: [3, 3], strides: [2, 2], padding: [1, 1])
    },
    Case("mean of windows", [2, 6, 6]) {
      $0.averagePool(kernelSize: [2, 2], strides: [1, 2], padding: [1, 0])
    },
    Case("nearest resizing", [2, 3, 3]) { $0.resized(to: [6, 5], .nearest) },
    Case("linear resizing", [2, 3, 3]) { $0.resized(to: [6, 5], .linear) },
    Case("aligned resizing", [2, 3, 3]) { $0.resized(to: [6, 5], .linearAlignedCorners) },
  ]

  private static func trace(_ shape: [Int], _ body: (Tensor) -> Tensor) throws -> GraphFunction {
    let x = GraphValue(name: "x", shape: [.batch] + shape.map { .fixed($0) })
    return try GraphFunction(tracing: [x], to: ["y"]) { [body($0[0])] }
  }

  @Test("What was traced and read back computes the same, whatever the batch", arguments: cases)
  func roundTrip(item: Case) throws {
    let traced = try Self.trace(item.shape, item.body)
    let stored = try JSONEncoder().encode(traced)
    let function = try JSONDecoder().decode(GraphFunction.self, from: stored)
    #expect(function == traced)
    for batchSize in [1, 2, 5] {
      let count = batchSize * item.shape.reduce(1, *)
      let values = (0..<count).map { Float(($0 * 37) % 23) / 11.5 - 0.98 }
      let x = Tensor(NDArray(values, shape: Shape([batchSize] + item.shape)))
      let y = try function.recorded([x], weights: [:])[0]
      #expect(try y.evaluated() == item.body(x).evaluated())
    }
  }

  @Test("Weights keep their names and are given by name")
  func weights() throws {
    let weight = Parameter(NDArray([1, 2, 3, 4], shape: [2, 2]), path: "layer/weight")
    let function = try Self.trace([2]) { .product($0, weight.tensor, transposingSecond: true) }
    #expect(function.weights == [GraphWeight(name: "layer/weight", shape: [2, 2])])
    #expect(function.nodes.map(\.op) == ["Gemm"])
    let x = Tensor(NDArray([1, 1], shape: [1, 2]))
    let y = try function.recorded([x], weights: ["layer/weight": weight.tensor])[0]
    #expect(try y.evaluated().scalars == [3, 7])
    #expect { try function.recorded([x], weights: [:]) } throws: {
      "\($0)" == "there is no weight \"layer/weight\" of shape [2, 2]"
    }
  }

  @Test("What depends on no input is recorded by itself")
  func constants() throws {
    let weight = Parameter(NDArray([4, 9], shape: [2]), path: "variance")
    let function = try Self.trace([2]) { ($0 - 1) / (weight.tensor.squareRoot() * 2) }
    let quotient = try #require(function.nodes.first { $0.op == "Div" })
    let constants = try function.recordedConstants(weights: ["variance": weight.tensor])
    #expect(constants["variance"] != nil && constants["x"] == nil && constants["y"] == nil)
    let divisor = try #require(constants[quotient.inputs[1]])
    #expect(try divisor.evaluated().scalars == [4, 6])
    #expect(constants[quotient.inputs[0]] == nil)
  }

  @Test("A recurrence goes to ONNX's order of gates and back", arguments: [false, true])
  func recurrence(isReverse: Bool) throws {
    func parameter(_ name: String, _ shape: Shape) -> Parameter {
      Parameter(
        NDArray((0..<shape.count).map { Float(($0 * 13) % 17) / 17 - 0.5 }, shape: shape),
        path: name)
    }
    let parameters = [
      parameter("input", [6, 3]), parameter("recurrent", [6, 2]), parameter("bias", [6]),
      parameter("second", [6]),
    ]
    let weights = RecurrentWeights(
      input: parameters[0].tensor, recurrent: parameters[1].tensor,
      inputBias: parameters[2].tensor, recurrentBias: parameters[3].tensor)
    func run(_ x: Tensor) -> Tensor {
      let lengths = (x.slice(axis: 2, to: 1) > 0).sum(axes: [1, 2])
      let (steps, state) = Tensor.gru(x, weights, lengths: lengths, isReverse: isReverse)
      return .concatenated([steps.flattened(), state], axis: 1)
    }
    let function = try Self.trace([4, 3], run)
    #expect(function.nodes.contains { $0.op == "GRU" })
    let x = Tensor(NDArray((0..<24).map { Float(($0 * 7) % 11) - 5 }, shape: [2, 4, 3]))
    let named = Dictionary(uniqueKeysWithValues: parameters.map { ($0.path, $0.tensor) })
    #expect(try function.recorded([x], weights: named)[0].evaluated() == run(x).evaluated())
  }

  @Test("What depends on the size of the batch in another way is refused")
  func batchDependence() {
    #expect(throws: GraphError.self) { try Self.trace([3]) { $0 * $0.mean() } }
    #expect(throws: GraphError.self) {
      try Self.trace([3]) { x in
        x + Tensor(NDArray((0..<x.shape[0]).map { Float($0) }, shape: [x.shape[0], 1]))
      }
    }
  }

  @Test("Gradients and parameters without a name are refused")
  func refusals() {
    #expect(throws: GraphError.self) {
      try Self.trace([3]) { x in x + Parameter(NDArray([1, 2, 3], shape: [3])).tensor }
    }
    #expect(throws: GraphError.self) {
      try Self.trace([3]) {
        $0.scatterAdded(at: Tensor(NDArray([0, 1, 0], shape: [3])), axis: 1, count: 2)
      }
    }
  }
}
