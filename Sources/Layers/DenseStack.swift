public import Tensors

/// Linear layers, each followed by an activation and dropout.
///
/// Shape: `[B, inputSize]` to `[B, sizes.last]`; without sizes the input itself.
public struct DenseStack: Layer {
  /// The layers in order of application.
  public let layers: [Linear]
  /// The function after each layer.
  public let activation: Activation
  /// After each activation.
  public let dropout: Dropout

  /// Makes a stack with initial values.
  ///
  /// - Parameters:
  ///   - inputSize: number of elements that come in.
  ///   - sizes: of the layers' outputs, first to last.
  ///   - activation: what follows each layer.
  ///   - dropout: probability of dropping an element in training, in `[0, 1)`.
  ///   - random: draws the initial values.
  /// - Precondition: all sizes are positive.
  public init(
    inputSize: Int, sizes: [Int], activation: Activation = .relu, dropout: Double = 0,
    using random: inout RandomSource
  ) {
    var layers: [Linear] = []
    for (input, output) in zip([inputSize] + sizes, sizes) {
      layers.append(Linear(inputSize: input, outputSize: output, using: &random))
    }
    self.layers = layers
    self.activation = activation
    self.dropout = Dropout(rate: dropout)
  }

  public func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    layers.reduce(x) { dropout(activation($1($0, using: &pass)), using: &pass) }
  }
}
