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

  /// `gelu()` in the form with a hyperbolic tangent: `x / 2 · (1 + tanh(√(2/π) · (x + 0.044715 · x³)))`.
  public func geluTanh() -> Tensor {
    let inner = Tensor(0.797_884_56) * (self + Tensor(0.044_715) * squared() * self)
    return self * 0.5 * (1 + inner.tanh())
  }

  /// `x` to the power of a number.
  ///
  /// Whole and half exponents are products and square roots, also right for negative `x` and at 0; others take
  /// `exp(exponent · log(x))`, which is NaN for negative `x`.
  public func power(_ exponent: Float) -> Tensor {
    if exponent == 0 { return Tensor(1).expanded(to: shape) }
    if exponent < 0, exponent >= -16 { return power(-exponent).reciprocal() }
    if exponent == 0.5 { return squareRoot() }
    guard exponent == exponent.rounded(), exponent > 0, exponent <= 16 else {
      return Tensor(Elementwise.power, self, Tensor(exponent))
    }
    let half = Int(exponent) / 2
    if half == 0 { return self }
    let square = power(Float(half)).squared()
    return Int(exponent) % 2 == 0 ? square : square * self
  }

  /// `x · sigmoid(x)` (Elfwing et al. 2018).
  public func silu() -> Tensor { self * sigmoid() }
}
