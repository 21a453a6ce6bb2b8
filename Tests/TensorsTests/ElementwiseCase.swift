import Foundation
import Tensors
import TestSupport
import Testing

/// An elementwise operator with its plain formula.
struct ElementwiseCase: Sendable, CustomTestStringConvertible {
  let name: String
  let ranges: [ClosedRange<Float>]
  let formula: @Sendable ([Double]) -> Double
  let record: @Sendable ([Tensor]) -> Tensor
  let location: SourceLocation

  init(
    _ name: String, in ranges: [ClosedRange<Float>] = [-3...3],
    _ formula: @escaping @Sendable ([Double]) -> Double,
    _ record: @escaping @Sendable ([Tensor]) -> Tensor,
    location: SourceLocation = #_sourceLocation
  ) {
    self.name = name
    self.ranges = ranges
    self.formula = formula
    self.record = record
    self.location = location
  }

  var testDescription: String { name }

  func check(_ shapes: [Shape], seed: UInt64 = 1) throws {
    let operands = zip(shapes, ranges).map { Draw($0, in: $1) }
    try checkOperator(
      operands, seed: seed, sourceLocation: location,
      reference: { DoubleArray.mapped($0, formula) }, record)
  }
}

extension ElementwiseCase {
  static let unary: [ElementwiseCase] = [
    .init("negate", { -$0[0] }, { -$0[0] }),
    .init("absolute", { abs($0[0]) }, { $0[0].absolute() }),
    .init("exp", { exp($0[0]) }, { $0[0].exp() }),
    .init("log", in: [0.1...5], { log($0[0]) }, { $0[0].log() }),
    .init("squareRoot", in: [0.1...5], { $0[0].squareRoot() }, { $0[0].squareRoot() }),
    .init("reciprocal", in: [0.3...3], { 1 / $0[0] }, { $0[0].reciprocal() }),
    .init("negative reciprocal", in: [-3 ... -0.3], { 1 / $0[0] }, { $0[0].reciprocal() }),
    .init("sigmoid", { 1 / (1 + exp(-$0[0])) }, { $0[0].sigmoid() }),
    .init("tanh", { tanh($0[0]) }, { $0[0].tanh() }),
    .init("softplus", { log1p(exp($0[0])) }, { $0[0].softplus() }),
    .init("erf", { erf($0[0]) }, { $0[0].erf() }),
    .init("sin", { sin($0[0]) }, { $0[0].sin() }),
    .init("cos", { cos($0[0]) }, { $0[0].cos() }),
    .init("relu", { max($0[0], 0) }, { $0[0].relu() }),
    .init("sign", { $0[0] > 0 ? 1 : -1 }, { $0[0].sign() }),
    .init("squared", { $0[0] * $0[0] }, { $0[0].squared() }),
    .init("clamped", { min(max($0[0], -1), 2) }, { $0[0].clamped(-1, 2) }),
    .init("leakyRelu", { $0[0] > 0 ? $0[0] : 0.1 * $0[0] }, { $0[0].leakyRelu(slope: 0.1) }),
    .init("elu", { $0[0] > 0 ? $0[0] : 2 * expm1($0[0]) }, { $0[0].elu(alpha: 2) }),
    .init(
      "selu", { 1.0507009873554805 * ($0[0] > 0 ? $0[0] : 1.6732632423543772 * expm1($0[0])) },
      { $0[0].selu() }),
    .init("gelu", { $0[0] * 0.5 * (1 + erf($0[0] / 2.0.squareRoot())) }, { $0[0].gelu() }),
    .init(
      "geluTanh",
      { $0[0] * 0.5 * (1 + tanh((2 / .pi).squareRoot() * ($0[0] + 0.044715 * pow($0[0], 3)))) },
      { $0[0].geluTanh() }),
    .init("cubed", { pow($0[0], 3) }, { $0[0].power(3) }),
    .init("to the power of 0", { _ in 1 }, { $0[0].power(0) }),
    .init("to the power of -2", in: [0.5...2], { pow($0[0], -2) }, { $0[0].power(-2) }),
    .init("to the power of 1/2", in: [0.1...5], { pow($0[0], 0.5) }, { $0[0].power(0.5) }),
    .init("to the power of 1.7", in: [0.1...3], { pow($0[0], 1.7) }, { $0[0].power(1.7) }),
    .init("to the power of -0.3", in: [0.3...3], { pow($0[0], -0.3) }, { $0[0].power(-0.3) }),
    .init("silu", { $0[0] / (1 + exp(-$0[0])) }, { $0[0].silu() }),
    .init("plus a number", { $0[0] + 1.5 }, { $0[0] + 1.5 }),
    .init("a number over", in: [0.5...2], { 2 / $0[0] }, { 2 / $0[0] }),
  ]

  static let binary: [ElementwiseCase] = [
    .init("add", in: [-2...2, -2...2], { $0[0] + $0[1] }, { $0[0] + $0[1] }),
    .init("subtract", in: [-2...2, -2...2], { $0[0] - $0[1] }, { $0[0] - $0[1] }),
    .init("multiply", in: [-2...2, -2...2], { $0[0] * $0[1] }, { $0[0] * $0[1] }),
    .init("divide", in: [-2...2, 0.5...2], { $0[0] / $0[1] }, { $0[0] / $0[1] }),
    .init("maximum", in: [-2...2, -2...2], { max($0[0], $0[1]) }, { .maximum($0[0], $0[1]) }),
    .init("minimum", in: [-2...2, -2...2], { min($0[0], $0[1]) }, { .minimum($0[0], $0[1]) }),
    .init("greater", in: [-2...2, -2...2], { $0[0] > $0[1] ? 1 : 0 }, { $0[0] > $0[1] }),
    .init("less", in: [-2...2, -2...2], { $0[0] < $0[1] ? 1 : 0 }, { $0[0] < $0[1] }),
    .init("at least", in: [-2...2, -2...2], { $0[0] >= $0[1] ? 1 : 0 }, { $0[0] >= $0[1] }),
    .init("at most", in: [-2...2, -2...2], { $0[0] <= $0[1] ? 1 : 0 }, { $0[0] <= $0[1] }),
    .init(
      "a tensor by itself", in: [-2...2, -2...2], { $0[0] * $0[0] + $0[1] },
      { $0[0] * $0[0] + $0[1] }),
  ]
}
