import Foundation
import Layers
import Tensors
import TestSupport
import Testing

@Suite struct DiagonalGaussianTests {
  @Test("The divergences of the elements add up to that of the example")
  func elements() throws {
    var random = RandomSource(seed: 1)
    let gaussian = DiagonalGaussian(
      mean: Tensor(NDArray.uniform([4, 3], using: &random)),
      logVariance: Tensor(NDArray.uniform([4, 3], using: &random)))
    let values = try Tensor.evaluated([
      gaussian.klDivergencesToStandardNormal(), gaussian.klDivergenceToStandardNormal(),
    ])
    let sums = (0..<4).map { row in
      values[0].scalars[row * 3..<row * 3 + 3].reduce(0) { $0 + Double($1) }
    }
    expectClose(values[1].scalars, sums)
    #expect(values[0].scalars.allSatisfy { $0 >= 0 })
  }

  @Test("The mean of log q - log p over samples is the divergence")
  func monteCarlo() throws {
    let count = 50_000
    let gaussian = DiagonalGaussian(
      mean: Tensor(NDArray(repeating: 0.7, shape: [count, 2])),
      logVariance: Tensor(NDArray(repeating: -1, shape: [count, 2])))
    var pass = Pass.evaluation(using: RandomSource(seed: 3))
    let z = gaussian.sample(using: &pass)
    let ratios = z.negativeLogStandardNormalDensity() - gaussian.negativeLog(of: z)
    let values = try Tensor.evaluated([
      ratios.mean(), gaussian.klDivergenceToStandardNormal().mean(),
    ])
    #expect(abs(values[0].scalars[0] - values[1].scalars[0]) < 0.02)
  }
}
