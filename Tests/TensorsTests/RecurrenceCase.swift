import Foundation
import Tensors
import TestSupport

/// A recurrent layer of one of the forms there are, recorded and as a plain loop in `Double`.
struct RecurrenceCase: Sendable, CustomStringConvertible {
  enum Cell: String, CaseIterable, Sendable { case gru, lstm }

  let cell: Cell
  var isReverse = false
  var hasInitialStates = false
  var lengths: [Float]?

  var description: String {
    "\(cell)\(isReverse ? ", reverse" : "")\(hasInitialStates ? ", with first states" : "")"
      + (lengths == nil ? "" : ", with lengths")
  }

  private var gateCount: Int { cell == .gru ? 3 : 4 }

  /// Every form for some batch; lengths differ from row to row, 0 and all steps among them.
  static func all(batch: Int, steps: Int) -> [RecurrenceCase] {
    let some = (0..<batch).map { Float((steps + 2 * $0) % (steps + 1)) }
    return Cell.allCases.flatMap { cell in
      [false, true].flatMap { isReverse in
        [false, true].flatMap { hasInitialStates in
          [nil, some].map {
            RecurrenceCase(
              cell: cell, isReverse: isReverse, hasInitialStates: hasInitialStates, lengths: $0)
          }
        }
      }
    }
  }

  /// Input, weights, biases and first states.
  func operands(batch: Int, steps: Int, features: Int, size: Int) -> [Draw] {
    let width = gateCount * size
    let states = hasInitialStates ? (cell == .gru ? 1 : 2) : 0
    return [
      Draw([batch, steps, features], in: -1...1), Draw([width, features], in: -1...1),
      Draw([width, size], in: -1...1), Draw([width], in: -1...1), Draw([width], in: -1...1),
    ] + (0..<states).map { _ in Draw([batch, size], in: -1...1) }
  }

  /// All states, the last one and the last cell.
  func record(_ operands: [Tensor]) -> [Tensor] {
    let weights = RecurrentWeights(
      input: operands[1], recurrent: operands[2], inputBias: operands[3],
      recurrentBias: operands[4])
    let lengths = lengths.map { Tensor(NDArray($0, shape: [$0.count])) }
    switch cell {
    case .gru:
      let y = Tensor.gru(
        operands[0], weights, initialState: hasInitialStates ? operands[5] : nil, lengths: lengths,
        isReverse: isReverse)
      return [y.steps, y.state]
    case .lstm:
      let y = Tensor.lstm(
        operands[0], weights, initialState: hasInitialStates ? (operands[5], operands[6]) : nil,
        lengths: lengths, isReverse: isReverse)
      return [y.steps, y.state, y.cell]
    }
  }

  /// The same as a loop over rows and steps.
  func compute(_ operands: [DoubleArray]) -> [DoubleArray] {
    let (x, size) = (operands[0], operands[2].shape[1])
    let (batch, steps) = (x.shape[0], x.shape[1])
    var all = [Double](repeating: 0, count: batch * steps * size)
    var (states, cells): ([Double], [Double]) = ([], [])
    for row in 0..<batch {
      var state = initial(operands, 5, row, size)
      var memory = initial(operands, 6, row, size)
      let count = lengths.map { Int($0[row]) } ?? steps
      for step in isReverse ? Array((0..<count).reversed()) : Array(0..<count) {
        let place = row * steps + step
        let gates = parts(operands[1], operands[3], x.row(place))
        let recurrent = parts(operands[2], operands[4], state)
        (state, memory) = self.step(gates, recurrent, state, memory)
        all.replaceSubrange(place * size..<(place + 1) * size, with: state)
      }
      states += state
      cells += memory
    }
    let results = [
      DoubleArray(all, shape: [batch, steps, size]), DoubleArray(states, shape: [batch, size]),
    ]
    return cell == .gru ? results : results + [DoubleArray(cells, shape: [batch, size])]
  }

  private func initial(_ operands: [DoubleArray], _ place: Int, _ row: Int, _ size: Int) -> [Double]
  {
    hasInitialStates && place < operands.count
      ? operands[place].row(row) : [Double](repeating: 0, count: size)
  }

  private func parts(_ weights: DoubleArray, _ bias: DoubleArray, _ x: [Double]) -> [Double] {
    bias.values.indices.map { gate in
      x.indices.reduce(bias.values[gate]) { $0 + weights.values[gate * x.count + $1] * x[$1] }
    }
  }

  private func step(
    _ x: [Double], _ h: [Double], _ state: [Double], _ memory: [Double]
  ) -> ([Double], [Double]) {
    func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
    let size = state.count
    var (next, kept) = (state, memory)
    for i in 0..<size {
      func gate(_ number: Int) -> Double { x[number * size + i] + h[number * size + i] }
      switch cell {
      case .gru:
        let z = sigmoid(gate(1))
        let candidate = tanh(x[2 * size + i] + sigmoid(gate(0)) * h[2 * size + i])
        next[i] = (1 - z) * candidate + z * state[i]
      case .lstm:
        kept[i] = sigmoid(gate(1)) * memory[i] + sigmoid(gate(0)) * tanh(gate(2))
        next[i] = sigmoid(gate(3)) * tanh(kept[i])
      }
    }
    return (next, kept)
  }
}

extension DoubleArray {
  /// The `index`-th of the rows along all axes but the last.
  fileprivate func row(_ index: Int) -> [Double] {
    let width = shape[-1]
    return Array(values[index * width..<(index + 1) * width])
  }
}
