public import Tensors

/// Maps as rows of features and back, channels fastest: as the engine has them in memory, so that nothing is copied.
extension Tensor {
  /// `[B, C, H, W]` as `[B, H · W · C]`.
  public func flattenedMaps() -> Tensor { transposed([0, 2, 3, 1]).flattened() }

  /// `[B, H · W · C]` as `[B, C, H, W]`.
  public func asMaps(of size: Size2D) -> Tensor {
    let channels = shape[-1] / (size.height * size.width)
    return reshaped(to: [shape[0], size.height, size.width, channels]).transposed([0, 3, 1, 2])
  }
}
