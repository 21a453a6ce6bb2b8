extension Model {
  /// New images from the model's prior, of each class in turn where it knows classes; `nil` where its data cannot be
  /// drawn or it has nothing to sample from.
  ///
  /// - Parameter seed: the same seed gives the same picture.
  /// - Throws: as ``sample(_:labels:seed:)``.
  public func samplePicture(seed: UInt64) throws -> Picture? {
    guard hasDecoder, DataFile.isDrawable(dataShape), record.prior != .fitted || density != nil
    else { return nil }
    let count = min(16, max(4, Self.mostSampledElements / dataShape.featureCount))
    let labels =
      sampledClassCount > 0 ? (0..<count).map { $0 % sampledClassCount } : nil
    return try ImageGrid.stored(for: dataShape)
      .picture(of: try sample(count, labels: labels, seed: seed))
  }

  /// Elements of all sampled images together: what is kept with a model stays small beside it.
  private static let mostSampledElements = 1 << 19
}

extension ImageGrid {
  /// The layout of pictures in a checkpoint: rows of eight, each image at least 32 pixels long.
  static func stored(for shape: DataShape) -> ImageGrid {
    let longest = max(shape.height ?? 1, shape.width ?? 1)
    return ImageGrid(columns: 8, scale: max(1, 32 / longest))
  }
}
