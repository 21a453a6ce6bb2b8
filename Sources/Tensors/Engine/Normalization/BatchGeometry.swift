internal import CKernels

/// The sizes of a batch whose channels are normalised: `[N, C, ...]`, in memory `N` images of `places` rows of channels.
struct BatchGeometry {
  let shape: Shape
  let images: Int
  let channels: Int
  let places: Int

  init(_ shape: Shape) {
    self.shape = shape
    (images, channels) = (shape[0], shape[1])
    places = shape.dimensions.dropFirst(2).reduce(1, *)
  }

  /// In how many parts statistics are taken: not that of the workers, so that they come out the same for any team.
  var parts: Int { min(images, 32) }

  /// Elements of one image.
  var size: Int { places * channels }

  func images(ofPart part: Int) -> Range<Int> { share(of: images, worker: part, in: parts) }

  func images(ofWorker worker: Int, in workers: Int) -> Range<Int> {
    share(of: images, worker: worker, in: workers)
  }

  /// Elements of some images.
  func elements(_ images: Range<Int>) -> Range<Int> {
    images.lowerBound * size..<images.upperBound * size
  }

  /// Elements of the images of some parts.
  func elements(ofParts parts: Range<Int>) -> Range<Int> {
    guard !parts.isEmpty else { return 0..<0 }
    return elements(
      images(ofPart: parts.lowerBound).lowerBound..<images(ofPart: parts.upperBound - 1).upperBound)
  }

  /// Mean and variance of all images from the statistics of the parts, for some channels.
  func mergeStatistics(
    _ statistics: UnsafePointer<Float>, _ mean: UnsafeMutablePointer<Float>,
    _ variance: UnsafeMutablePointer<Float>, channels range: Range<Int>
  ) {
    lz_merge_statistics(
      statistics, Int64(parts), Int64(images), Int64(places), Int64(channels),
      Int64(range.lowerBound), Int64(range.upperBound), mean, variance)
  }
}
