public import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How far a reconstruction is from its original; every loss is summed over an example's elements.
public enum ReconstructionLoss: String, Choice {
  /// `Σ (x - y)²`, where `y` is the prediction itself.
  case squaredError
  /// `-Σ x · log p + (1 - x) · log (1 - p)`, where `p = sigmoid(y)`; for data in `[0, 1]`.
  case binaryCrossEntropy

  /// The loss of each example.
  ///
  /// - Parameters:
  ///   - prediction: `[B, ...]`; logits for ``binaryCrossEntropy``.
  ///   - target: `[B, ...]`, of the same shape.
  /// - Returns: `[B]`; nats for ``binaryCrossEntropy``.
  public func callAsFunction(of prediction: Tensor, target: Tensor) -> Tensor {
    switch self {
    case .squaredError:
      (prediction - target).squared().summedPerExample()
    case .binaryCrossEntropy:
      // -x·log sigmoid(y) - (1 - x)·log sigmoid(-y) = softplus(y) - x·y, exact for large |y| too.
      (prediction.softplus() - prediction * target).summedPerExample()
    }
  }
}

extension Tensor {
  /// `-Σ log N(x; mean, variance)` of each example, elements independent with one fixed variance.
  ///
  /// - Parameters:
  ///   - x, mean: `[B, ...]`, of the same shape.
  /// - Returns: `[B]`, in nats.
  public static func negativeLogDensity(of x: Tensor, mean: Tensor, variance: Double) -> Tensor {
    let elements = Double(x.shape.dimensions.dropFirst().reduce(1, *))
    let constant = 0.5 * elements * logarithm(2 * .pi * variance)
    return (x - mean).squared().summedPerExample() * Tensor(Float(0.5 / variance))
      + Tensor(Float(constant))
  }
}

/// The natural logarithm; named so as not to meet ``Tensors/Tensor/log()``.
private func logarithm(_ x: Double) -> Double { log(x) }
