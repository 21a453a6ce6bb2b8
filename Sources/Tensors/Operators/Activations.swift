/// Functions of one element, composed of the vocabulary; formulas and constants as in PyTorch.
extension Tensor {
  /// `x²`
  public func squared() -> Tensor { self * self }

  /// `x` held between two numbers.
  public func clamped(_ lowest: Float, _ highest: Float) -> Tensor {
    // Choices, so that the slope at a bound itself is 1, as in PyTorch.
    let low = Tensor(lowest)
    let high = Tensor(highest)
    return Tensor.where(self < low, low, Tensor.where(self > high, high, self))
  }

  /// `x` where positive, otherwise `slope · x`.
  public func leakyRelu(slope: Float = 0.01) -> Tensor {
    Tensor.where(self > 0, self, self * Tensor(slope))
  }

  /// `x` where positive, otherwise `alpha · (exp(x) - 1)` (Clevert et al. 2016).
  public func elu(alpha: Float = 1) -> Tensor {
    // A choice, not a minimum: that one would halve the slope at 0.
    let below = Tensor.where(self > 0, 0, self)
    return Tensor.where(self > 0, self, Tensor(alpha) * (below.exp() - 1))
  }

  /// The self-normalising ELU (Klambauer et al. 2017).
  public func selu() -> Tensor {
    Tensor(1.050_701) * elu(alpha: 1.673_263_2)
  }

  /// `x · Φ(x)`, with the exact normal distribution function (Hendrycks and Gimpel 2016).
  public func gelu() -> Tensor {
    self * 0.5 * (1 + (self * Tensor(0.707_106_77)).erf())
  }

  /// `x · sigmoid(x)` (Elfwing et al. 2018).
  public func silu() -> Tensor { self * sigmoid() }
}
