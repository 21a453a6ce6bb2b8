public import Tensors

/// Images or sequences of another size, by repeating or interpolating, as PyTorch's `Upsample`.
///
/// Shape: `[B, C, H, W]` to `[B, C, H', W']`, or `[B, C, L]` to `[B, C, L']`.
public struct Upsample: Layer {
  /// What the new size is made from.
  public enum Size: Hashable, Sendable {
    /// So many times the old one; the width's counts for sequences.
    case scale(Size2D)
    /// Itself; the width counts for sequences.
    case fixed(Size2D)
  }

  /// What the new size is made from.
  public let size: Size
  /// Where the numbers between the old places come from.
  public let interpolation: Interpolation

  /// Makes a layer.
  ///
  /// - Precondition: the sizes are positive.
  public init(_ size: Size, interpolation: Interpolation = .nearest) {
    let numbers =
      switch size {
      case .scale(let factors): factors.dimensions
      case .fixed(let extents): extents.dimensions
      }
    precondition(
      numbers.allSatisfy { $0 > 0 }, "images cannot be brought to the size \(numbers)")
    (self.size, self.interpolation) = (size, interpolation)
  }

  /// Makes a layer that enlarges both directions alike.
  ///
  /// - Precondition: the factor is positive.
  public init(scale: Int, interpolation: Interpolation = .nearest) {
    self.init(.scale(Size2D(scale)), interpolation: interpolation)
  }

  public func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    let isSequence = x.shape.rank == 3
    let images = x.asImages
    let space = images.shape.dimensions.dropFirst(2)
    var extents =
      switch size {
      case .scale(let factors): zip(space, factors.dimensions).map { $0 * $1 }
      case .fixed(let extents): extents.dimensions
      }
    if isSequence { extents[0] = 1 }
    let y = images.resized(to: extents, interpolation)
    return isSequence ? y.asSequences : y
  }
}
