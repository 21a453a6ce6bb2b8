import Foundation
import Layers
import Tensors
import TestSupport
import Testing

/// Penalties on codes: sparsity and contraction.
@Suite struct PenaltyTests {
  @Test("L1 is the mean over the batch of the sum of magnitudes")
  func l1() throws {
    try checkOperator(
      [Draw([4, 3])],
      reference: {
        DoubleArray([$0[0].values.reduce(0) { $0 + abs($1) } / 4], shape: .scalar)
      },
      { Sparsity.l1.penalty(of: $0[0], target: 0.1) ?? 0 })
  }

  @Test(
    "The divergence of the rates from their target agrees with the formula", arguments: [0.05, 0.5])
  func kl(_ target: Double) throws {
    try checkOperator(
      [Draw([6, 5], in: 0.05...0.95)], tolerance: 2e-5,
      reference: { arrays in
        let values = arrays[0].values
        let terms = (0..<5).map { unit in
          let rate = (0..<6).reduce(0) { $0 + values[$1 * 5 + unit] } / 6
          return target * log(target / rate) + (1 - target) * log((1 - target) / (1 - rate))
        }
        return DoubleArray([terms.reduce(0, +)], shape: .scalar)
      },
      { Sparsity.kl.penalty(of: $0[0], target: target) ?? 0 })
  }

  @Test("Units that are always off or on have a finite divergence and slope")
  func deadUnits() throws {
    let z = Tensor(NDArray([0, 1, 0, 1], shape: [2, 2]))
    let penalty = try #require(Sparsity.kl.penalty(of: z, target: 0.1))
    let slope = penalty.gradient(withRespectTo: z)
    let areFinite = try Tensor.evaluated([penalty, slope]).flatMap(\.scalars)
      .allSatisfy(\.isFinite)
    #expect(areFinite)
    #expect(Sparsity.none.penalty(of: z, target: 0.1) == nil)
  }

  /// One sigmoid layer, and its Jacobian's squared norm in closed form:
  /// `Σ_j (h_j (1 - h_j))² Σ_i W_ji²` (Rifai et al. 2011, equation 7).
  private struct SigmoidLayer {
    let weight: NDArray
    let bias: NDArray

    func norms(_ x: NDArray) -> [Double] {
      let (units, inputs) = (weight.shape[0], weight.shape[1])
      return (0..<x.shape[0]).map { row in
        (0..<units).reduce(0.0) { sum, unit in
          let weights = (0..<inputs).map { Double(weight.scalars[unit * inputs + $0]) }
          let values = (0..<inputs).map { Double(x.scalars[row * inputs + $0]) }
          let product = zip(weights, values).reduce(Double(bias.scalars[unit])) {
            $0 + $1.0 * $1.1
          }
          let h = 1 / (1 + exp(-product))
          return sum + pow(h * (1 - h), 2) * weights.reduce(0) { $0 + $1 * $1 }
        }
      }
    }
  }

  @Test("The estimate of the Jacobian's norm has the closed form as its mean")
  func contraction() throws {
    var random = RandomSource(seed: 5)
    let layer = SigmoidLayer(
      weight: .uniform([4, 3], using: &random), bias: .uniform([4], using: &random))
    let x = NDArray.uniform([2, 3], using: &random)
    let input = Tensor.input([2, 3])
    let z = Tensor.product(
      input, Tensor(layer.weight), transposingSecond: true, bias: Tensor(layer.bias)
    ).sigmoid()
    var pass = Pass.training(using: random)
    let plan = try Plan(
      inputs: [input], outputs: [.squaredJacobianNorm(of: z, by: input, using: &pass)])
    let runs = 20_000
    var sums = [0.0, 0.0]
    for step in 0..<runs {
      try plan.run([x], seed: 1, step: UInt64(step))
      for row in 0..<2 { sums[row] += Double(plan.output(0).scalars[row]) }
    }
    for (sum, exact) in zip(sums, layer.norms(x)) {
      #expect(abs(sum / Double(runs) / exact - 1) < 0.03, "\(sum / Double(runs)), not \(exact)")
    }
  }

  @Test("With one unit the estimate is exact but for the square of its direction, slopes too")
  func oneUnit() throws {
    var random = RandomSource(seed: 7)
    let weight = NDArray.uniform([1, 3], using: &random)
    let layer = SigmoidLayer(weight: weight, bias: NDArray([0.2], shape: [1]))
    let x = NDArray.uniform([1, 3], using: &random)
    let (input, matrix) = (Tensor(x), Tensor(weight))
    let z = Tensor.product(
      input, matrix, transposingSecond: true, bias: Tensor(layer.bias)
    ).sigmoid()
    var (pass, same) = (Pass.training(using: random), Pass.training(using: random))
    let norm = Tensor.squaredJacobianNorm(of: z, by: input, using: &pass)
    let direction = same.normal([1, 1])
    let slope = norm.sum().gradient(withRespectTo: matrix)
    let values = try Tensor.evaluated([norm, direction, slope])
    let square = pow(Double(values[1].scalars[0]), 2)
    expectClose(values[0].scalars[0], square * layer.norms(x)[0], tolerance: 1e-6)
    let differences = centralDifferences(of: [DoubleArray(weight)], by: 0, step: 1e-3) { moved in
      let values = moved[0].values.map { Float($0) }
      let layer = SigmoidLayer(weight: NDArray(values, shape: [1, 3]), bias: layer.bias)
      return square * layer.norms(x)[0]
    }
    expectClose(values[2].scalars, differences.values, tolerance: 1e-3)
  }
}
