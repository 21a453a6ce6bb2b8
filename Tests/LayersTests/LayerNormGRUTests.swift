import Foundation
import Layers
import Tensors
import TestSupport
import Testing

@Suite struct LayerNormGRUTests {
  /// One direction in `Double`: steps `[B][T][H]` and last states `[B][H]`.
  private static func read(
    _ x: NDArray, lengths: [Int], _ weights: [NDArray], isReverse: Bool
  ) -> (steps: [[[Double]]], states: [[Double]]) {
    let (time, inputSize) = (x.shape[1], x.shape[2])
    let size = weights[1].shape[1]
    func normalized(_ values: [Double], _ scale: NDArray, _ shift: NDArray) -> [Double] {
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      return values.indices.map {
        (values[$0] - mean) / (variance + 1e-5).squareRoot() * Double(scale.scalars[$0])
          + Double(shift.scalars[$0])
      }
    }
    func product(_ row: [Double], _ weight: NDArray) -> [Double] {
      (0..<3 * size).map { output in
        row.indices.reduce(0) { $0 + row[$1] * Double(weight.scalars[output * row.count + $1]) }
      }
    }
    func sigmoid(_ value: Double) -> Double { 1 / (1 + exp(-value)) }
    var steps: [[[Double]]] = []
    var states: [[Double]] = []
    for (row, length) in lengths.enumerated() {
      var state = [Double](repeating: 0, count: size)
      var ofRow = [[Double]](repeating: state, count: time)
      for step in isReverse ? Array((0..<length).reversed()) : Array(0..<length) {
        let start = (row * time + step) * inputSize
        let input = x.scalars[start..<start + inputSize].map(Double.init)
        let a = normalized(product(input, weights[0]), weights[2], weights[3])
        let b = normalized(product(state, weights[1]), weights[4], weights[5])
        state = (0..<size).map { place in
          let reset = sigmoid(a[place] + b[place])
          let update = sigmoid(a[size + place] + b[size + place])
          let candidate = tanh(a[2 * size + place] + reset * b[2 * size + place])
          return (1 - update) * candidate + update * state[place]
        }
        ofRow[step] = state
      }
      steps.append(ofRow)
      states.append(state)
    }
    return (steps, states)
  }

  @Test("Both directions agree with a loop, whatever the lengths")
  func values() throws {
    var random = RandomSource(seed: 4)
    let layer = LayerNormGRU(inputSize: 3, hiddenSize: 5, isBidirectional: true, using: &random)
    for parameter in layer.parameters {
      parameter.value = NDArray.uniform(parameter.shape, using: &random)
    }
    let x = NDArray.uniform([3, 4, 3], using: &random)
    let lengths = [4, 0, 2]
    var pass = Pass.evaluation()
    let counts = Tensor(NDArray(lengths.map { Float($0) }, shape: [3]))
    let output = layer(Tensor(x), from: nil, lengths: counts, using: &pass)
    let values = try Tensor.evaluated([output.steps, output.states[0]])

    let named = Dictionary(uniqueKeysWithValues: layer.namedParameters.map { ($0.path, $0) })
    let sides = try ["l0", "l0_reverse"].map { suffix in
      let paths = [
        "weight_ih_\(suffix)", "weight_hh_\(suffix)", "norm_ih_\(suffix)/weight",
        "norm_ih_\(suffix)/bias", "norm_hh_\(suffix)/weight", "norm_hh_\(suffix)/bias",
      ]
      return Self.read(
        x, lengths: lengths, try paths.map { try #require(named[$0]).parameter.value },
        isReverse: suffix.hasSuffix("reverse"))
    }
    let steps = (0..<3).flatMap { row in
      (0..<4).flatMap { step in sides.flatMap { $0.steps[row][step] } }
    }
    expectClose(values[0].scalars, steps, tolerance: 1e-5, "steps")
    expectClose(
      values[1].scalars, sides.flatMap { $0.states.flatMap(\.self) }, tolerance: 1e-5, "states")
  }

  @Test("It begins from given states, and two layers hand the steps on")
  func states() throws {
    var random = RandomSource(seed: 5)
    let layer = LayerNormGRU(inputSize: 3, hiddenSize: 4, layerCount: 2, using: &random)
    let x = Tensor(NDArray.uniform([2, 6, 3], using: &random))
    var pass = Pass.evaluation()
    let whole = layer(x, from: nil, lengths: nil, using: &pass)
    let first = layer(x.slice(axis: 1, to: 2), from: nil, lengths: nil, using: &pass)
    let rest = layer(x.slice(axis: 1, from: 2), from: first.states, lengths: nil, using: &pass)
    let values = try Tensor.evaluated([
      whole.steps, .concatenated([first.steps, rest.steps], axis: 1), whole.states[0],
      rest.states[0],
    ])
    expectClose(values[1], DoubleArray(values[0]), tolerance: 1e-6)
    expectClose(values[3], DoubleArray(values[2]), tolerance: 1e-6)
  }
}
