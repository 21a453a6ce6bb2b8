public import Tensors

/// The greatest number of each window of images.
///
/// Shape: `[B, C, H, W]` to `[B, C, H', W']` with `H' = (H + 2 · padding - kernelSize) / stride + 1`, rounded down.
/// Padding is never the greatest; a NaN goes through.
public struct MaxPool2D: Layer {
  /// How the window moves.
  public let window: PoolingWindow

  /// Makes a layer.
  ///
  /// - Parameters:
  ///   - kernelSize: height and width of the window.
  ///   - stride: from one window to the next; the window's size by default.
  ///   - padding: on each side.
  /// - Precondition: sizes are positive, the padding is at most half the window.
  public init(kernelSize: Size2D, stride: Size2D? = nil, padding: Size2D = 0) {
    window = PoolingWindow(kernelSize, stride, padding)
  }

  public func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    x.maxPool(
      kernelSize: window.kernelSize.dimensions, strides: window.stride.dimensions,
      padding: window.padding.dimensions)
  }
}

/// The mean of each window of images; zeros of the padding count, as PyTorch does by default.
///
/// Shape: `[B, C, H, W]` to `[B, C, H', W']` as for ``MaxPool2D``.
public struct AveragePool2D: Layer {
  /// How the window moves.
  public let window: PoolingWindow

  /// Makes a layer; parameters as in ``MaxPool2D``.
  ///
  /// - Precondition: sizes are positive, the padding is at most half the window.
  public init(kernelSize: Size2D, stride: Size2D? = nil, padding: Size2D = 0) {
    window = PoolingWindow(kernelSize, stride, padding)
  }

  public func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    x.averagePool(
      kernelSize: window.kernelSize.dimensions, strides: window.stride.dimensions,
      padding: window.padding.dimensions)
  }
}

/// The greatest number of each window of sequences: a ``MaxPool2D`` over images one row high.
///
/// Shape: `[B, C, L]` to `[B, C, L']` with `L' = (L + 2 · padding - kernelSize) / stride + 1`, rounded down.
public struct MaxPool1D: Layer {
  private let images: MaxPool2D

  /// Makes a layer; parameters as in ``MaxPool2D``.
  ///
  /// - Precondition: sizes are positive, the padding is at most half the window.
  public init(kernelSize: Int, stride: Int? = nil, padding: Int = 0) {
    images = MaxPool2D(
      kernelSize: Size2D(1, kernelSize), stride: Size2D(1, stride ?? kernelSize),
      padding: Size2D(0, padding))
  }

  public func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    images(x.asImages, using: &pass).asSequences
  }
}

/// The mean of each window of sequences: an ``AveragePool2D`` over images one row high.
///
/// Shape: `[B, C, L]` to `[B, C, L']` as for ``MaxPool1D``.
public struct AveragePool1D: Layer {
  private let images: AveragePool2D

  /// Makes a layer; parameters as in ``MaxPool2D``.
  ///
  /// - Precondition: sizes are positive, the padding is at most half the window.
  public init(kernelSize: Int, stride: Int? = nil, padding: Int = 0) {
    images = AveragePool2D(
      kernelSize: Size2D(1, kernelSize), stride: Size2D(1, stride ?? kernelSize),
      padding: Size2D(0, padding))
  }

  public func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    images(x.asImages, using: &pass).asSequences
  }
}

/// The mean of each channel over all places.
///
/// Shape: `[B, C, H, W]` to `[B, C, 1, 1]`, or `[B, C, L]` to `[B, C, 1]`, as PyTorch's `AdaptiveAvgPool2d(1)`.
public struct GlobalAveragePool: Layer {
  /// Makes a layer, which has no settings.
  public init() {}

  public func callAsFunction(_ x: Tensor, using pass: inout Pass) -> Tensor {
    let images = x.asImages
    let space = Array(images.shape.dimensions.dropFirst(2))
    let y = images.averagePool(kernelSize: space, strides: [1, 1])
    return x.shape.rank == 3 ? y.asSequences : y
  }
}

/// How a window moves over an image that is pooled.
public struct PoolingWindow: Hashable, Sendable {
  /// Places that are pooled together.
  public let kernelSize: Size2D
  /// From one window to the next.
  public let stride: Size2D
  /// On each side.
  public let padding: Size2D

  init(_ kernelSize: Size2D, _ stride: Size2D?, _ padding: Size2D) {
    let stride = stride ?? kernelSize
    precondition(
      (kernelSize.dimensions + stride.dimensions).allSatisfy { $0 > 0 },
      "window and stride are positive, got \(kernelSize.dimensions) and \(stride.dimensions)")
    precondition(
      zip(padding.dimensions, kernelSize.dimensions).allSatisfy { $0 >= 0 && 2 * $0 <= $1 },
      "the padding \(padding.dimensions) is more than half of the window \(kernelSize.dimensions)")
    (self.kernelSize, self.stride, self.padding) = (kernelSize, stride, padding)
  }
}
