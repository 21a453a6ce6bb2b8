public import Tensors

/// An affine map of the last axis: `y = x · Wᵀ + b`.
///
/// Shape: `[..., inputSize]` to `[..., outputSize]`; `weight` is `[outputSize, inputSize]` and `bias` `[outputSize]`, as in
/// PyTorch.
public struct Linear: WeightedLayer {
  /// `[outputSize, inputSize]`
  public let weight: Parameter
  /// `[outputSize]`
  public let bias: Parameter

  /// Makes a layer with initial values.
  ///
  /// - Parameters:
  ///   - inputSize: number of elements that come in.
  ///   - outputSize: number of elements that go out.
  ///   - initializer: how the weights start; by default as PyTorch's `Linear` does. Biases then start uniformly in
  ///     `±1/√inputSize`, otherwise at 0.
  ///   - random: draws the initial values.
  /// - Precondition: both sizes are positive.
  public init(
    inputSize: Int, outputSize: Int, initializer: Initializer = .fanInUniform,
    using random: inout RandomSource
  ) {
    precondition(
      inputSize > 0 && outputSize > 0,
      "a linear layer needs positive sizes, got \(inputSize) to \(outputSize)")
    weight = initializer.parameter([outputSize, inputSize], using: &random)
    let ofBias: Initializer =
      initializer == .fanInUniform ? .uniform(1 / Double(inputSize).squareRoot()) : .zeros
    bias = ofBias.parameter([outputSize], using: &random)
  }

  public func callAsFunction(_ x: Tensor, weight: Tensor, using pass: inout Pass) -> Tensor {
    let leading = Array(x.shape.dimensions.dropLast())
    let inputSize = x.shape.rank > 0 ? x.shape[-1] : 1
    let rows = x.shape.rank == 2 ? x : x.reshaped(to: [leading.reduce(1, *), inputSize])
    let y = Tensor.product(rows, weight, transposingSecond: true, bias: bias.tensor)
    return x.shape.rank == 2 ? y : y.reshaped(to: Shape(leading + [weight.shape[0]]))
  }
}
