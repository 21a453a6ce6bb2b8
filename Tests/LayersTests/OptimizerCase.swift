import Foundation
import Layers
import Tensors
import Testing

/// An optimiser's settings, with the name that the reference has for them.
struct OptimizerCase: Sendable, CustomTestStringConvertible {
  let name: String
  let rule: OptimizerRule
  let rate: Double
  var clipping: GradientClipping?

  var testDescription: String { name }

  static let all: [OptimizerCase] = [
    .init(name: "adam", rule: .adam(), rate: 0.05),
    .init(
      name: "adam decay", rule: .adam(beta1: 0.8, beta2: 0.95, epsilon: 1e-3, weightDecay: 0.1),
      rate: 0.05),
    .init(name: "adamW", rule: .adamW(), rate: 0.05),
    .init(
      name: "adamW decay", rule: .adamW(beta1: 0.5, beta2: 0.9, weightDecay: 0.3), rate: 0.05),
    .init(name: "sgd", rule: .sgd(), rate: 0.02),
    .init(name: "sgd decay", rule: .sgd(weightDecay: 0.1), rate: 0.02),
    .init(name: "momentum", rule: .sgd(momentum: 0.9), rate: 0.02),
    .init(
      name: "nesterov", rule: .sgd(momentum: 0.9, weightDecay: 0.1, isNesterov: true), rate: 0.02),
    .init(name: "sgd norm", rule: .sgd(), rate: 0.02, clipping: .norm(4)),
    .init(name: "adam norm", rule: .adam(weightDecay: 0.1), rate: 0.05, clipping: .norm(1)),
    .init(name: "momentum value", rule: .sgd(momentum: 0.9), rate: 0.02, clipping: .value(1.5)),
  ]

  static let shapes: [Shape] = [[2, 3], [3]]

  /// Where a parameter starts; the formula is also the reference script's.
  static func start(_ parameter: Int) -> [Double] {
    (0..<shapes[parameter].count).map { cos(1.3 * Double($0) + Double(parameter)) }
  }

  /// The gradient of a parameter at a step counted from 0, likewise.
  static func gradient(_ parameter: Int, _ step: Int) -> [Double] {
    (0..<shapes[parameter].count).map { index in
      sin(0.7 * Double(index) + 0.3 * Double(step) + 2 * Double(parameter)) * Double(1 + step % 5)
    }
  }

  /// All parameters after each step, computed by the engine.
  func trained(steps: Int, on engine: Engine = .shared) throws -> [[Float]] {
    let parameters = Self.shapes.indices.map { number in
      Parameter(NDArray(Self.start(number).map { Float($0) }, shape: Self.shapes[number]))
    }
    let optimizer = Optimizer(rule, of: parameters, clipping: clipping)
    let slopes = Self.shapes.map { Tensor.input($0) }
    let rates = Tensor.input([3])
    let plan = try Plan(
      inputs: slopes + [rates], outputs: [],
      updates: optimizer.updates(gradients: slopes, rates: rates), on: engine)
    return try (0..<steps).map { step in
      let given = Self.shapes.indices.map { number in
        NDArray(Self.gradient(number, step).map { Float($0) }, shape: Self.shapes[number])
      }
      try plan.run(given + [NDArray(optimizer.nextRates(learningRate: rate), shape: [3])])
      return parameters.flatMap(\.value.scalars)
    }
  }

  /// All parameters after each step, computed in `Double` from the papers' formulas.
  func reference(steps: Int) -> [[Double]] {
    var values = Self.shapes.indices.flatMap(Self.start)
    var first = [Double](repeating: 0, count: values.count)
    var second = first
    return (0..<steps).map { step in
      let slopes = clipped(Self.shapes.indices.flatMap { Self.gradient($0, step) })
      for index in values.indices {
        move(&values[index], slopes[index], &first[index], &second[index], step + 1)
      }
      return values
    }
  }

  private func clipped(_ slopes: [Double]) -> [Double] {
    switch clipping {
    case nil: return slopes
    case .value(let limit): return slopes.map { min(max($0, -limit), limit) }
    case .norm(let limit):
      let norm = slopes.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return slopes.map { $0 * min(limit / (norm + 1e-6), 1) }
    }
  }

  private func move(
    _ value: inout Double, _ slope: Double, _ first: inout Double, _ second: inout Double,
    _ time: Int
  ) {
    switch rule {
    case .adam(let beta1, let beta2, let epsilon, let decay):
      let slope = slope + decay * value
      value -= rate * adam(slope, beta1, beta2, epsilon, &first, &second, time)
    case .adamW(let beta1, let beta2, let epsilon, let decay):
      value -= rate * decay * value
      value -= rate * adam(slope, beta1, beta2, epsilon, &first, &second, time)
    case .sgd(let momentum, let decay, let isNesterov):
      let slope = slope + decay * value
      first = momentum * first + slope
      value -= rate * (isNesterov ? slope + momentum * first : first)
    }
  }

  private func adam(
    _ slope: Double, _ beta1: Double, _ beta2: Double, _ epsilon: Double, _ mean: inout Double,
    _ variance: inout Double, _ time: Int
  ) -> Double {
    mean = beta1 * mean + (1 - beta1) * slope
    variance = beta2 * variance + (1 - beta2) * slope * slope
    let correctedMean = mean / (1 - pow(beta1, Double(time)))
    let correctedVariance = variance / (1 - pow(beta2, Double(time)))
    return correctedMean / (correctedVariance.squareRoot() + epsilon)
  }
}
