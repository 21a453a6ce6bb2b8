/// The labelled examples of a data set with their codes, computed once for all measures that look at them.
struct EncodedExamples {
  /// The data set they are of.
  let dataset: Dataset
  /// Which examples, in ascending order; the class of each is known.
  let indices: [Int]
  /// The class of each.
  let labels: [Int]
  /// `[N, latentSize]`
  let codes: NDArray

  /// Encodes the labelled examples of a data set.
  ///
  /// - Parameters:
  ///   - limit: encode at most so many, drawn by the seed; `nil` for all.
  /// - Returns: `nil` where no class is known.
  /// - Throws: as ``Model/encode(_:indices:)``.
  init?(
    _ dataset: Dataset, atMost limit: Int?, seed: UInt64, by model: Model
  ) throws {
    guard let labels = dataset.labels else { return nil }
    let known = labels.indices.filter { labels[$0] >= 0 }
    guard !known.isEmpty else { return nil }
    let drawn = LatentEvaluation.drawn(limit ?? known.count, of: known.count, seed: seed)
    let indices = drawn.map { known[$0] }
    self.dataset = dataset
    self.indices = indices
    self.labels = indices.map { labels[$0] }
    codes = try model.encode(dataset, indices: indices)
  }

  private init(_ dataset: Dataset, _ indices: [Int], _ labels: [Int], _ codes: NDArray) {
    (self.dataset, self.indices, self.labels, self.codes) = (dataset, indices, labels, codes)
  }

  /// All, or `limit` of them drawn by the seed, in their order.
  func drawn(_ limit: Int?, seed: UInt64) -> EncodedExamples {
    guard let limit, indices.count > limit else { return self }
    let places = LatentEvaluation.drawn(limit, of: indices.count, seed: seed)
    return EncodedExamples(
      dataset, places.map { indices[$0] }, places.map { labels[$0] }, codes.rows(at: places))
  }
}
