public import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A penalty on a code that has many active units.
///
/// Shape: codes `[B, units]` to one number `[]`.
public enum Sparsity: String, Choice {
  /// None.
  case none
  /// `Σ |z|`, the mean over the batch.
  case l1
  /// `Σ KL(target ‖ rate)` over the units, where a unit's rate is its mean over the batch (Ng 2011,
  /// https://web.stanford.edu/class/cs294a/sparseAutoencoder.pdf); for units in `(0, 1)`.
  case kl

  /// The penalty of a batch of codes.
  ///
  /// - Parameters:
  ///   - z: `[B, units]`.
  ///   - target: the rate that ``kl`` asks for, in `(0, 1)`.
  /// - Returns: `[]`; nats for ``kl``; `nil` for ``none``.
  public func penalty(of z: Tensor, target: Double) -> Tensor? {
    switch self {
    case .none: return nil
    case .l1: return z.absolute().summedPerExample().mean()
    case .kl:
      // A unit that never or always is on has no logarithm.
      let rate = z.mean(axes: [0]).clamped(1e-6, 1 - 1e-6)
      let (on, off) = (Float(target), Float(1 - target))
      let cross = (rate.log() * Tensor(on) + (1 - rate).log() * Tensor(off)).sum()
      let entropy = Float(target * log(target) + (1 - target) * log(1 - target))
      return Tensor(entropy * Float(z.shape[-1])) - cross
    }
  }
}
