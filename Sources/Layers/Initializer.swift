public import Tensors

/// How parameters start.
///
/// Fans are counted as in PyTorch: for `[out, in, ...]` the fan-in is `in · ...`, the fan-out `out · ...`.
public enum Initializer: Hashable, Sendable {
  /// Uniform in `±1/√fanIn`: what PyTorch's `Linear` and convolutions use.
  case fanInUniform
  /// Uniform in `±√(6 / (fanIn + fanOut))` (Glorot and Bengio 2010).
  case xavierUniform
  /// Normal with variance `2 / (fanIn + fanOut)` (Glorot and Bengio 2010).
  case xavierNormal
  /// Uniform in `±√(6 / fanIn)`, for rectifiers (He et al. 2015).
  case kaimingUniform
  /// Normal with variance `2 / fanIn`, for rectifiers (He et al. 2015).
  case kaimingNormal
  /// Uniform in `±bound`.
  case uniform(Double)
  /// Normal with the given standard deviation.
  case normal(Double)
  /// All the same.
  case constant(Float)

  /// All zero.
  public static let zeros: Initializer = .constant(0)
  /// All one.
  public static let ones: Initializer = .constant(1)

  /// Makes a parameter that starts this way, from a random source of its own.
  public func parameter(_ shape: Shape, using random: inout RandomSource) -> Parameter {
    let source = random.split()
    return Parameter(shape) {
      var source = source
      return values(shape, using: &source)
    }
  }

  /// Draws values for a parameter of the given shape.
  public func values(_ shape: Shape, using random: inout RandomSource) -> NDArray {
    let receptive = shape.dimensions.dropFirst(2).reduce(1, *)
    let fanIn = Double(max(1, (shape.rank > 1 ? shape[1] : shape.count) * receptive))
    let fanOut = Double(max(1, (shape.rank > 0 ? shape[0] : 1) * receptive))
    switch self {
    case .fanInUniform: return Self.uniform(1 / fanIn.squareRoot(), shape, &random)
    case .xavierUniform: return Self.uniform((6 / (fanIn + fanOut)).squareRoot(), shape, &random)
    case .xavierNormal: return Self.normal((2 / (fanIn + fanOut)).squareRoot(), shape, &random)
    case .kaimingUniform: return Self.uniform((6 / fanIn).squareRoot(), shape, &random)
    case .kaimingNormal: return Self.normal((2 / fanIn).squareRoot(), shape, &random)
    case .uniform(let bound): return Self.uniform(bound, shape, &random)
    case .normal(let deviation): return Self.normal(deviation, shape, &random)
    case .constant(let value): return NDArray(repeating: value, shape: shape)
    }
  }

  private static func uniform(
    _ bound: Double, _ shape: Shape, _ random: inout RandomSource
  ) -> NDArray {
    NDArray(
      (0..<shape.count).map { _ in Float((2 * Double(random.uniform()) - 1) * bound) },
      shape: shape)
  }

  private static func normal(
    _ deviation: Double, _ shape: Shape, _ random: inout RandomSource
  ) -> NDArray {
    NDArray((0..<shape.count).map { _ in Float(random.normal() * deviation) }, shape: shape)
  }
}
