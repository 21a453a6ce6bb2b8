import Tensors

/// Lays images side by side in one ``Picture``.
public struct ImageGrid: Hashable, Sendable {
  /// Images in a row; `nil` for about as many as there are rows.
  public var columns: Int?
  /// Pixels between images and around them.
  public var padding: Int
  /// How many times larger each image is drawn, without smoothing; `nil` to enlarge small images until
  /// their longer side is at least 32 pixels.
  public var scale: Int?
  /// Shade of the padding, 0 (dark) to 255 (bright).
  public var background: UInt8

  /// Makes a layout.
  ///
  /// - Precondition: `columns` and `scale` are positive where given, `padding` is not negative.
  public init(
    columns: Int? = nil, padding: Int = 2, scale: Int? = nil, background: UInt8 = 64
  ) {
    precondition(columns ?? 1 >= 1, "a grid has at least one column, got \(columns ?? 1)")
    precondition(scale ?? 1 >= 1, "images are enlarged at least once, got \(scale ?? 1)")
    precondition(padding >= 0, "no negative padding, got \(padding)")
    self.columns = columns
    self.padding = padding
    self.scale = scale
    self.background = background
  }

  /// Draws images row by row.
  ///
  /// - Parameter images: `[N, C, H, W]` with 1 or 3 channels, pixels in `[0, 1]`; what lies outside is
  ///   cut off, NaN is drawn as 0.
  /// - Throws: ``DatasetError/notDrawable(shape:)`` for other shapes and where there are no images.
  public func picture(of images: NDArray) throws(DatasetError) -> Picture {
    let count = try Self.checkedCount(images)
    let columns = min(self.columns ?? Int(Double(count).squareRoot().rounded(.up)), count)
    return draw([images], columns: columns)
  }

  /// Draws pairs: each row of originals has the row of their reconstructions below it.
  ///
  /// - Parameters:
  ///   - originals: `[N, C, H, W]` with 1 or 3 channels, pixels in `[0, 1]`.
  ///   - reconstructions: as many of the same shape.
  /// - Throws: ``DatasetError/notDrawable(shape:)`` and
  ///   ``DatasetError/pairsDiffer(originals:reconstructions:)``.
  public func picture(
    pairing originals: NDArray, with reconstructions: NDArray
  ) throws(DatasetError) -> Picture {
    try picture(stacking: [originals, reconstructions])
  }

  /// Draws several versions of the same images: each row of the first has the same row of the others below it.
  ///
  /// - Parameter versions: at least one, `[N, C, H, W]` each with 1 or 3 channels, pixels in `[0, 1]`, all of one shape.
  /// - Throws: as ``picture(pairing:with:)``.
  public func picture(stacking versions: [NDArray]) throws(DatasetError) -> Picture {
    precondition(!versions.isEmpty, "there is nothing to stack")
    let count = try Self.checkedCount(versions[0])
    for version in versions where version.shape != versions[0].shape {
      throw .pairsDiffer(
        originals: versions[0].shape.dimensions, reconstructions: version.shape.dimensions)
    }
    return draw(versions, columns: min(columns ?? 10, count))
  }

  private static func checkedCount(_ images: NDArray) throws(DatasetError) -> Int {
    let shape = images.shape
    guard shape.rank == 4, shape.count > 0, shape[1] == 1 || shape[1] == 3 else {
      throw .notDrawable(shape: shape.dimensions)
    }
    return shape[0]
  }

  /// Draws stacks of equal shape, row after row of each in turn.
  private func draw(_ stacks: [NDArray], columns: Int) -> Picture {
    let shape = stacks[0].shape
    let scale = scale ?? max(1, (63 + max(shape[2], shape[3])) / max(shape[2], shape[3]))
    let (cellHeight, cellWidth) = (shape[2] * scale + padding, shape[3] * scale + padding)
    let rows = (shape[0] + columns - 1) / columns * stacks.count
    var picture = Picture(
      width: columns * cellWidth + padding, height: rows * cellHeight + padding,
      channels: shape[1], shade: background)
    for (offset, stack) in stacks.enumerated() {
      for index in 0..<shape[0] {
        let row = index / columns * stacks.count + offset
        paste(
          stack, index, scale: scale, into: &picture, x: padding + index % columns * cellWidth,
          y: padding + row * cellHeight)
      }
    }
    return picture
  }

  private func paste(
    _ images: NDArray, _ index: Int, scale: Int, into picture: inout Picture, x left: Int,
    y top: Int
  ) {
    let shape = images.shape
    let (channels, height, width) = (shape[1], shape[2], shape[3])
    for channel in 0..<channels {
      for y in 0..<height * scale {
        let row = ((index * channels + channel) * height + y / scale) * width
        for x in 0..<width * scale {
          picture.bytes[((top + y) * picture.width + left + x) * channels + channel] =
            Self.byte(images.scalars[row + x / scale])
        }
      }
    }
  }

  /// A pixel value as a byte, rounded; NaN is dark.
  private static func byte(_ value: Float) -> UInt8 {
    value.isNaN ? 0 : UInt8((min(max(value, 0), 1) * 255).rounded())
  }
}
