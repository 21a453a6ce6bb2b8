public import Tensors

/// A function of one element between two layers; the raw value is its name in configurations.
public enum Activation: String, Choice, Layer {
  case identity, relu, leakyRelu, elu, selu, gelu, silu, softplus, tanh, sigmoid

  public func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor { self(x) }

  /// Records the function.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    switch self {
    case .identity: x
    case .relu: x.relu()
    case .leakyRelu: x.leakyRelu()
    case .elu: x.elu()
    case .selu: x.selu()
    case .gelu: x.gelu()
    case .silu: x.silu()
    case .softplus: x.softplus()
    case .tanh: x.tanh()
    case .sigmoid: x.sigmoid()
    }
  }
}
