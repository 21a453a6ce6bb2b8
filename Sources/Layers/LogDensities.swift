public import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Tensor {
  /// `-Σ log N(x; mean, variance)` of each example, elements independent with one fixed variance.
  ///
  /// - Parameters:
  ///   - x: `[B, ...]`
  ///   - mean: `[B, ...]`
  ///   - variance: of every element, positive.
  /// - Returns: `[B]`, in nats.
  public static func negativeLogDensity(of x: Tensor, mean: Tensor, variance: Double) -> Tensor {
    let constant = 0.5 * Double(x.elementsPerExample) * logarithm(2 * .pi * variance)
    return (x - mean).squared().summedPerExample() * Tensor(Float(0.5 / variance))
      + Tensor(Float(constant))
  }

  /// `-Σ log N(x; mean, exp(logVariance))` of each example, elements independent.
  ///
  /// - Parameters:
  ///   - x: `[B, ...]`
  ///   - mean: `[B, ...]`
  ///   - logVariance: what broadcasts to that shape, such as `[]` for all elements alike.
  /// - Returns: `[B]`, in nats.
  public static func negativeLogDensity(
    of x: Tensor, mean: Tensor, logVariance: Tensor
  ) -> Tensor {
    let terms = (x - mean).squared() * (-logVariance).exp() + logVariance
    let constant = 0.5 * Double(x.elementsPerExample) * logarithm(2 * .pi)
    return terms.summedPerExample() * 0.5 + Tensor(Float(constant))
  }

  /// `-Σ log N(x; 0, 1)` of each example.
  ///
  /// - Returns: `[B]`, in nats.
  public func negativeLogStandardNormalDensity() -> Tensor {
    let constant = 0.5 * Double(elementsPerExample) * logarithm(2 * .pi)
    return squared().summedPerExample() * 0.5 + Tensor(Float(constant))
  }

  private var elementsPerExample: Int { shape.dimensions.dropFirst().reduce(1, *) }
}

/// The natural logarithm; named so as not to meet `Tensor.log`.
private func logarithm(_ x: Double) -> Double { log(x) }
