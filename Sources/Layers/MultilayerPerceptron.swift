public import Tensors

/// A dense network: hidden layers with activations, then a linear layer, as discriminators and critics are.
///
/// Shape: `[B, inputSize]` to `[B, outputSize]`.
public struct MultilayerPerceptron: Layer {
  /// `[B, inputSize]` to `[B, hiddenSizes.last]`
  public let hidden: DenseStack
  /// To `[B, outputSize]`, without an activation.
  public let output: Linear

  /// Makes a network with initial values; parameters as in ``DenseStack``.
  ///
  /// - Precondition: all sizes are positive.
  public init(
    inputSize: Int, hiddenSizes: [Int], outputSize: Int, activation: Activation = .relu,
    dropout: Double = 0, using random: inout RandomSource
  ) {
    hidden = DenseStack(
      inputSize: inputSize, sizes: hiddenSizes, activation: activation, dropout: dropout,
      using: &random)
    output = Linear(
      inputSize: hiddenSizes.last ?? inputSize, outputSize: outputSize, using: &random)
  }

  public func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    output(hidden(x, using: &pass), using: &pass)
  }
}
