import Tensors

/// Draws each value once as 0 or 1, with the value as the probability of 1: the static binarisation of Salakhutdinov and
/// Murray 2008 (https://doi.org/10.1145/1390156.1390266).
///
/// What is drawn for an example depends on seed, part and the example's number alone.
struct Binarization: Sendable {
  private let source: RandomSource

  /// Chooses the draws.
  ///
  /// - Parameter part: such as `train`; parts of the same seed are drawn apart.
  init(seed: UInt64, part: String) {
    source = RandomSource(seed: seed).forked("binarize \(part)")
  }

  /// Replaces the values of one example.
  func apply(to values: UnsafeMutableBufferPointer<Float>, example: Int) {
    var random = RandomSource(seed: source.seed, stream: source.stream &+ UInt64(example))
    for place in values.indices {
      let value = values[place]
      values[place] = value >= 1 ? 1 : value > 0 && random.uniform() < value ? 1 : 0
    }
  }
}

/// Another source, binarised when it is read.
struct BinarizedSource: ExampleSource {
  let base: any ExampleSource
  let binarization: Binarization

  var count: Int { base.count }

  func copy(_ rows: [Int], into target: UnsafeMutableBufferPointer<Float>) throws(DatasetError) {
    try base.copy(rows, into: target)
    let size = target.count / max(rows.count, 1)
    for (place, row) in rows.enumerated() {
      binarization.apply(
        to: UnsafeMutableBufferPointer(rebasing: target[place * size..<(place + 1) * size]),
        example: row)
    }
  }
}

extension Dataset {
  /// The same examples with each value drawn once as 0 or 1, the value being the probability of 1.
  ///
  /// - Parameters:
  ///   - seed: decides the draws; it is kept among ``DatasetTraits/options`` as `binarize`.
  ///   - part: such as `train`; parts of the same seed are drawn apart.
  /// - Throws: ``DatasetError/notProbabilities(name:range:)`` where a value is outside `[0, 1]` or is a token,
  ///   ``DatasetError/notFinite(path:example:)``, or what reading throws.
  public func binarized(seed: UInt64, part: String) throws(DatasetError) -> Dataset {
    guard valueRange.lowerBound >= 0, valueRange.upperBound <= 1, traits.vocabulary == nil else {
      throw .notProbabilities(name: name, range: valueRange)
    }
    let binarization = Binarization(seed: seed, part: part)
    var traits = traits
    traits.options["binarize"] = String(seed)
    let drawn: ExampleValues
    if case .streamed(let source, _) = values {
      let binarized = BinarizedSource(base: source, binarization: binarization)
      drawn = .streamed(
        binarized, try ExampleSummary(of: binarized, size: shape.featureCount, path: name))
    } else {
      drawn = .bytes(try bytes(by: binarization), divisor: Float(highByte))
    }
    return Dataset(
      name: name, shape: shape, values: drawn, divisor: divisor, labels: labels,
      labelNames: labelNames, traits: traits, origin: origin)
  }

  /// The byte that means 1: that of the data before, where it has one.
  private var highByte: UInt8 { (1...255).contains(divisor) ? UInt8(divisor) : 1 }

  private func bytes(by binarization: Binarization) throws(DatasetError) -> [UInt8] {
    let size = shape.featureCount
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: size)
    defer { buffer.deallocate() }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count * size)
    for example in 0..<count {
      try copyExamples(CollectionOfOne(example), into: buffer)
      binarization.apply(to: buffer, example: example)
      bytes += buffer.lazy.map { $0 > 0 ? highByte : 0 }
    }
    return bytes
  }
}

extension DataParts {
  /// Both parts binarised by one seed; see ``Dataset/binarized(seed:part:)``.
  ///
  /// - Throws: as there.
  public func binarized(seed: UInt64) throws(DatasetError) -> DataParts {
    let drawn = try test.map { test throws(DatasetError) in
      try test.binarized(seed: seed, part: "test")
    }
    return DataParts(train: try train.binarized(seed: seed, part: "train"), test: drawn)
  }
}
