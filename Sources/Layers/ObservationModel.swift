public import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `p(x | z)` with independent elements, as a decoder's output describes it.
///
/// Shape: data `[B, C, ...]`, a decoder's output `[B, outputCount · C, ...]`.
public struct ObservationModel: Module {
  /// The kind of distribution.
  public let likelihood: Likelihood
  /// Where the variance of a Gaussian comes from.
  public let variance: OutputVariance
  /// The logarithm of the variance under ``OutputVariance/shared``, `[]`; learned with the networks.
  public let logVariance: Parameter?
  private let fixedVariance: Double

  /// The least logarithm of a learned variance: that of a deviation of 0.001.
  ///
  /// Without a limit the density of data with elements that never vary, such as the rims of images, has none either.
  public static let leastLogVariance: Float = -13.8

  /// Makes a model.
  ///
  /// - Parameters:
  ///   - likelihood: the form of `p(x | z)`.
  ///   - variance: where the variance of a Gaussian comes from.
  ///   - startingVariance: the variance, or where a shared one begins; without meaning for ``Likelihood/bernoulli``.
  /// - Precondition: `startingVariance` is positive.
  public init(
    _ likelihood: Likelihood, variance: OutputVariance = .fixed, startingVariance: Double = 0.5
  ) {
    precondition(startingVariance > 0, "a variance is positive, got \(startingVariance)")
    self.likelihood = likelihood
    self.variance = likelihood == .gaussian ? variance : .fixed
    fixedVariance = startingVariance
    logVariance =
      self.variance == .shared ? Parameter(NDArray(Float(log(startingVariance)))) : nil
  }

  /// Numbers that a decoder gives for each element of the data: 2 where the variance comes from the code.
  public var outputCount: Int { variance == .perElement ? 2 : 1 }

  /// The mean of the distribution, in the data's own range: `[B, outputCount · C, ...]` to `[B, C, ...]`.
  public func mean(of output: Tensor) -> Tensor {
    let location = parts(of: output)[0]
    return likelihood == .bernoulli ? location.sigmoid() : location
  }

  /// `-log p(x | z)` of each example under a decoder's output.
  ///
  /// - Parameters:
  ///   - x: the data, `[B, C, ...]`.
  ///   - output: of a decoder, `[B, outputCount · C, ...]`.
  /// - Returns: `[B]`, in nats; a density's for ``Likelihood/gaussian``, which may be negative.
  public func negativeLog(of x: Tensor, under output: Tensor) -> Tensor {
    if likelihood == .bernoulli {
      return ReconstructionLoss.binaryCrossEntropy(of: output, target: x)
    }
    if let logVariance {
      return .negativeLogDensity(of: x, mean: output, logVariance: limited(logVariance.tensor))
    }
    guard variance == .perElement else {
      return .negativeLogDensity(of: x, mean: output, variance: fixedVariance)
    }
    let parts = parts(of: output)
    return .negativeLogDensity(of: x, mean: parts[0], logVariance: limited(parts[1]))
  }

  /// Mean, and logarithm of the variance where the output has one.
  private func parts(of output: Tensor) -> [Tensor] {
    outputCount == 1 ? [output] : output.split(axis: 1, into: 2)
  }

  /// Keeps a logarithm of a variance above the limit, smoothly, so that its gradient never dies.
  private func limited(_ logVariance: Tensor) -> Tensor {
    let least = Tensor(Self.leastLogVariance)
    return least + (logVariance - least).softplus()
  }
}
