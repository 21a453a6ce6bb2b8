import Foundation
import Layers
import Tensors
import TestSupport
import Testing

@Suite struct LossTests {
  private static let shapes: [Shape] = [[1, 1], [3, 4], [2, 3, 2], [0, 4], [3, 0], [5]]

  @Test("Squared error is the sum of squares of each example")
  func squaredError() throws {
    for shape in Self.shapes {
      try checkOperator(
        [Draw(shape), Draw(shape)],
        reference: { .mapped($0) { ($0[0] - $0[1]) * ($0[0] - $0[1]) }.sum(axes: 1..<shape.rank) },
        { ReconstructionLoss.squaredError(of: $0[0], target: $0[1]) })
    }
  }

  @Test("Binary cross-entropy is the negative logarithm of the probability")
  func binaryCrossEntropy() throws {
    for shape in Self.shapes {
      try checkOperator(
        [Draw(shape, in: -5...5), Draw(shape, in: 0...1)], tolerance: 1e-5,
        reference: {
          DoubleArray.mapped($0) { values in
            let p = 1 / (1 + exp(-values[0]))
            return -values[1] * log(p) - (1 - values[1]) * log(1 - p)
          }.sum(axes: 1..<shape.rank)
        },
        { ReconstructionLoss.binaryCrossEntropy(of: $0[0], target: $0[1]) })
    }
  }

  @Test("Binary cross-entropy and its slope are PyTorch's, for large logits too")
  func torch() throws {
    let reference = try Reference.load().binaryCrossEntropy
    let count = reference.logits.count
    let logits = Tensor(NDArray(reference.logits.map { Float($0) }, shape: [count, 1]))
    let targets = Tensor(NDArray(reference.targets.map { Float($0) }, shape: [count, 1]))
    let losses = ReconstructionLoss.binaryCrossEntropy(of: logits, target: targets)
    let slope = try #require(try gradients(of: losses.sum(), withRespectTo: [logits])[0])
    let values = try Tensor.evaluated([losses, slope])
    expectClose(values[0].scalars, reference.losses, tolerance: 1e-6)
    expectClose(values[1].scalars, reference.gradient, tolerance: 1e-6, "gradient")
  }

  @Test(
    "The negative log density is that of independent normal numbers", arguments: [0.25, 1, 3.5])
  func negativeLogDensity(_ variance: Double) throws {
    for shape in Self.shapes {
      let elements = Double(shape.dimensions.dropFirst().reduce(1, *))
      try checkOperator(
        [Draw(shape), Draw(shape)], tolerance: 1e-5,
        reference: {
          DoubleArray.mapped($0) { pow($0[0] - $0[1], 2) / (2 * variance) }
            .sum(axes: 1..<shape.rank)
            .mapped { $0 + elements * 0.5 * log(2 * .pi * variance) }
        },
        { Tensor.negativeLogDensity(of: $0[0], mean: $0[1], variance: variance) })
    }
  }

  @Test("The negative log density with a learned variance is that of independent normal numbers")
  func negativeLogDensityOfVariances() throws {
    for shape in Self.shapes {
      let reference: ([DoubleArray]) -> DoubleArray = {
        DoubleArray.mapped($0) {
          pow($0[0] - $0[1], 2) / (2 * exp($0[2])) + 0.5 * ($0[2] + log(2 * .pi))
        }.sum(axes: 1..<shape.rank)
      }
      try checkOperator(
        [Draw(shape), Draw(shape), Draw(shape, in: -2...2)], tolerance: 1e-5, reference: reference,
        { Tensor.negativeLogDensity(of: $0[0], mean: $0[1], logVariance: $0[2]) })
      try checkOperator(
        [Draw(shape), Draw(shape), Draw([], in: -2...2)], tolerance: 2e-5, reference: reference,
        { Tensor.negativeLogDensity(of: $0[0], mean: $0[1], logVariance: $0[2]) })
    }
  }

  @Test("The standard normal density is that of mean 0 and variance 1")
  func standardNormalDensity() throws {
    for shape in Self.shapes {
      try checkOperator(
        [Draw(shape)], tolerance: 1e-5,
        reference: {
          DoubleArray.mapped($0) { $0[0] * $0[0] / 2 + 0.5 * log(2 * .pi) }
            .sum(axes: 1..<shape.rank)
        }, { $0[0].negativeLogStandardNormalDensity() })
    }
  }

  @Test("The divergence from the standard normal distribution agrees with the closed form")
  func divergence() throws {
    for shape in [[1, 1], [4, 3], [0, 2], [3, 0]] as [Shape] {
      try checkOperator(
        [Draw(shape), Draw(shape)], tolerance: 1e-5,
        reference: {
          DoubleArray.mapped($0) { values in
            let (mean, variance) = (values[0], exp(values[1]))
            return -0.5 * log(variance) + (variance + mean * mean) / 2 - 0.5
          }.sum(axes: 1..<2)
        },
        { DiagonalGaussian(mean: $0[0], logVariance: $0[1]).klDivergenceToStandardNormal() })
    }
    let standard = DiagonalGaussian(
      mean: Tensor(NDArray(repeating: 0, shape: [2, 3])),
      logVariance: Tensor(NDArray(repeating: 0, shape: [2, 3])))
    #expect(try standard.klDivergenceToStandardNormal().evaluated().scalars == [0, 0])
  }

  @Test("A sample has the mean and variance of its distribution, and gradients flow through it")
  func sample() throws {
    let count = 100_000
    let mean = Tensor(NDArray(repeating: 1.5, shape: [count, 1]))
    let logVariance = Tensor(NDArray(repeating: Float(log(0.25)), shape: [count, 1]))
    var pass = Pass.training(using: RandomSource(seed: 2))
    let z = DiagonalGaussian(mean: mean, logVariance: logVariance).sample(using: &pass)
    let slopes = try gradients(of: z.sum(), withRespectTo: [mean, logVariance])
    let values = try Tensor.evaluated([z] + slopes.compactMap { $0 }).map {
      $0.scalars.map(Double.init)
    }
    let average = values[0].reduce(0, +) / Double(count)
    let variance = values[0].reduce(0) { $0 + ($1 - average) * ($1 - average) } / Double(count)
    #expect(abs(average - 1.5) < 0.01 && abs(variance - 0.25) < 0.01)
    #expect(values[1].allSatisfy { $0 == 1 })
    // z = mean + exp(logVariance / 2) ε has the slope (z - mean) / 2 by the log variance.
    expectClose(values[2].map { Float($0) }, values[0].map { ($0 - 1.5) / 2 })
  }
}
