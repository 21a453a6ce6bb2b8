public import Tensors

/// The transposed weight of a ``Linear`` with a bias of its own: `y = x · W + b`, for decoders with tied weights.
///
/// Shape: `[B, outputSize]` of the linear layer to `[B, inputSize]`. The weight is the linear layer's cell: training moves
/// one value for both.
public struct TransposedLinear: Layer {
  /// `[outputSize, inputSize]` of the linear layer, which owns it.
  public let weight: Parameter
  /// `[inputSize]` of the linear layer.
  public let bias: Parameter

  /// Mirrors a layer; the bias starts uniformly in `±1/√outputSize`.
  public init(_ layer: Linear, using random: inout RandomSource) {
    weight = layer.weight
    let (fanIn, outputSize) = (weight.shape[0], weight.shape[1])
    bias = Initializer.uniform(1 / Double(fanIn).squareRoot())
      .parameter([outputSize], using: &random)
  }

  public func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    .product(x, weight.tensor, bias: bias.tensor)
  }
}

extension TransposedLinear: CustomReflectable {
  /// Only the bias: the weight stands where the linear layer does.
  public var customMirror: Mirror { Mirror(self, children: ["bias": bias], displayStyle: .struct) }
}
