extension Model {
  /// Examples read and encoded at a time.
  private static let chunk = 500
  /// Numbers in examples that are compared as they are, without a model, at most.
  private static let comparableCount = 1 << 25

  /// Checks that the examples of a data set are such as the model takes.
  ///
  /// - Throws: ``ModelError/wrongDataShape(model:expected:found:)``.
  public func checkShape(of dataset: Dataset) throws(ModelError) {
    guard dataset.shape == dataShape else {
      throw .wrongDataShape(
        model: record.name, expected: dataShape, found: dataset.shape.dimensions)
    }
  }

  /// Codes of the examples of a data set, `[N, latentSize]`; their labels are looked at only where the family cannot do without.
  ///
  /// - Parameters:
  ///   - dataset: the examples.
  ///   - indices: which examples, in which order; `nil` for all.
  /// - Throws: as ``encode(_:labels:)``.
  public func encode(_ dataset: Dataset, indices: [Int]? = nil) throws -> NDArray {
    try checkShape(of: dataset)
    let chosen = indices ?? Array(0..<dataset.count)
    let given = needsLabels ? dataset.labels : nil
    var codes: [Float] = []
    codes.reserveCapacity(chosen.count * record.latentSize)
    for start in stride(from: 0, to: chosen.count, by: Self.chunk) {
      let part = chosen[start..<min(start + Self.chunk, chosen.count)]
      let labels = given.map { labels in part.map { labels[$0] } }
      codes += try encode(try dataset.examples(part), labels: labels).scalars
    }
    return NDArray(codes, shape: [chosen.count, record.latentSize])
  }

  /// Measures how much of the classes of labelled data can be read off their codes.
  ///
  /// - Parameters:
  ///   - dataset: the examples to measure on.
  ///   - reference: examples to compare them with, such as the training part; without it each is compared with all others
  ///     of `dataset`.
  ///   - seed: decides which of more than ``LatentEvaluation/largestCount`` codes are used, and the seeds of the clusters.
  ///   - engine: where it is computed.
  /// - Returns: `nil` where either has no labels or no examples.
  /// - Throws: as ``encode(_:labels:)``.
  public func latentEvaluation(
    on dataset: Dataset, reference: Dataset? = nil, seed: UInt64, engine: Engine = .shared
  ) throws -> LatentEvaluation? {
    // Compared with each other, all codes are drawn alike; test codes are classified one and all.
    let limit = reference == nil ? LatentEvaluation.largestCount : nil
    guard let test = try EncodedExamples(dataset, atMost: limit, seed: seed, by: self) else {
      return nil
    }
    var known: EncodedExamples?
    if let reference {
      let most = LatentEvaluation.largestCount
      known = try EncodedExamples(reference, atMost: most, seed: seed, by: self)
      guard known != nil else { return nil }
    }
    return try latentEvaluation(of: test, reference: known, seed: seed, engine: engine)
  }

  func latentEvaluation(
    of test: EncodedExamples, reference: EncodedExamples?, seed: UInt64, engine: Engine
  ) throws -> LatentEvaluation {
    let most = LatentEvaluation.largestCount
    let drawn = test.drawn(reference == nil ? most : nil, seed: seed)
    return try LatentEvaluation(
      try labelledCodes(drawn),
      reference: try reference.map { try labelledCodes($0.drawn(most, seed: seed)) },
      seed: seed, on: engine)
  }

  private func labelledCodes(_ examples: EncodedExamples) throws -> LabelledCodes {
    let (dataset, chosen) = (examples.dataset, examples.indices)
    var rows: NDArray?
    // The numbers of tokens say nothing about how near sentences are.
    if dataset.vocabulary == nil,
      chosen.count * dataset.shape.featureCount <= Self.comparableCount
    {
      let read = try dataset.examples(chosen)
      rows = NDArray(read.scalars, shape: [chosen.count, dataset.shape.featureCount])
    }
    return LabelledCodes(codes: examples.codes, labels: examples.labels, rows: rows)
  }
}

extension Model {
  /// What to tell somebody whose numbers lie far outside those the model was trained on, `nil` where
  /// they do not: bytes, for instance, given to a model of pixels in `[0, 1]`.
  public func rangeRemark(on examples: NDArray) -> String? {
    guard let least = examples.scalars.min(), let greatest = examples.scalars.max() else {
      return nil
    }
    let (lowest, highest) = (record.preprocessing.lowest, record.preprocessing.highest)
    let margin = (highest - lowest) / 2
    guard Double(least) < lowest - margin || Double(greatest) > highest + margin else { return nil }
    let divisor = record.preprocessing.divisor
    let remedy = divisor == 1 ? "scale them alike" : "divide raw values by \(Float(divisor))"
    return "values lie in \(least)...\(greatest), \(record.name) was trained on "
      + "\(Float(lowest))...\(Float(highest)); \(remedy)"
  }
}
