/// An extent as two recordings with batches of different sizes tell it.
enum TracedExtent: Hashable {
  case fixed(Int)
  /// A multiple of the batch's size.
  case batch(times: Int)

  /// Compares the extents of two recordings; `nil` where they are neither equal nor the same multiple.
  init?(_ first: Int, _ second: Int, batchSizes: (first: Int, second: Int)) {
    if first == second {
      self = .fixed(first)
      return
    }
    let times = first / batchSizes.first
    guard times * batchSizes.first == first, times * batchSizes.second == second else {
      return nil
    }
    self = .batch(times: times)
  }
}
