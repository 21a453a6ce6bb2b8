public import Tensors

/// A function of one element between two layers; the raw value is its name in configurations.
public enum Activation: String, Choice, Layer {
  /// `x`
  case identity
  /// `max(x, 0)`
  case relu
  /// `x` where positive, otherwise `0.01 · x`.
  case leakyRelu
  /// `x` where positive, otherwise `exp(x) - 1`.
  case elu
  /// The self-normalising form of ``elu``.
  case selu
  /// `x · Φ(x)`
  case gelu
  /// `x · sigmoid(x)`
  case silu
  /// `log(1 + exp(x))`
  case softplus
  /// The hyperbolic tangent, in `(-1, 1)`.
  case tanh
  /// `1 / (1 + exp(-x))`, in `(0, 1)`.
  case sigmoid

  public func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor { self(x) }

  /// Records the function, element by element; the shape stays.
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
