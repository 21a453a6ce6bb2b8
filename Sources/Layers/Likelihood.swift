public import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a decoder's output says about the data: a distribution of each element by itself.
public enum Likelihood: String, Choice {
  /// Elements in `[0, 1]` as probabilities; the output is logits.
  case bernoulli
  /// Normal elements with one fixed variance; the output is the mean.
  case gaussian

  /// The mean of the distribution, in the data's own range.
  ///
  /// - Parameter output: of a decoder, `[B, ...]`.
  public func mean(of output: Tensor) -> Tensor {
    self == .bernoulli ? output.sigmoid() : output
  }

  /// `-log p(x)` of each example under a decoder's output.
  ///
  /// - Parameters:
  ///   - x, output: `[B, ...]`, of the same shape.
  ///   - variance: of an element under ``gaussian``.
  /// - Returns: `[B]`, in nats.
  public func negativeLog(of x: Tensor, under output: Tensor, variance: Double) -> Tensor {
    switch self {
    case .bernoulli: ReconstructionLoss.binaryCrossEntropy(of: output, target: x)
    case .gaussian: .negativeLogDensity(of: x, mean: output, variance: variance)
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
