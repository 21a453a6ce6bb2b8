/// A family whose code tells an example's class beside all else: `[style | class]`, the class as one number a class that
/// sum to 1.
///
/// Sampling with a label puts its one-hot vector there; encoding with labels does so too.
public protocol ConditionalModelFamily: ModelFamily {
  /// Number of classes: the last so many elements of a code.
  var classCount: Int { get }
  /// Whether ``ModelFamily/encode(_:using:)`` finds the class by itself; otherwise labels must be given.
  var predictsLabels: Bool { get }

  /// The code of examples whose classes are known: `[B, ...dataShape]` and `[B]` to `[B, latentSize]`.
  func encode(_ x: Tensor, labels: Tensor, using pass: inout Pass) -> Tensor
}
