extension Model {
  /// New codes from the model's prior, `[count, latentSize]`.
  ///
  /// - Parameters:
  ///   - count: how many codes.
  ///   - labels: the class of each, where ``sampledClassCount`` is not 0; without them classes are drawn evenly.
  ///   - seed: the same seed gives the same result.
  /// - Throws: ``ModelError/noDensity(model:)`` or ``ModelError/notConditional(model:)``.
  public func sampleCodes(_ count: Int, labels: [Int]? = nil, seed: UInt64) throws -> NDArray {
    guard labels == nil || sampledClassCount > 0 else {
      throw ModelError.notConditional(model: record.name)
    }
    guard record.prior == .fitted else {
      return try record.prior.codes(
        count, size: record.latentSize, labels: labels, seed: seed, on: engine)
    }
    guard let density else { throw ModelError.noDensity(model: record.name) }
    var random = RandomSource(seed: seed).forked("sample")
    var codes = density.sample(count, using: &random)
    guard sampledClassCount > 0 else { return codes }
    let firstClass = record.latentSize - sampledClassCount
    for row in 0..<count {
      let label = labels?[row] ?? Int(random.next() % UInt64(sampledClassCount))
      let classes = row * record.latentSize + firstClass
      for place in 0..<sampledClassCount {
        codes.scalars[classes + place] = place == label ? 1 : 0
      }
    }
    return codes
  }

  /// The number of classes that codes can be drawn of; 0 where labels mean nothing.
  public var sampledClassCount: Int { record.sampledClassCount }

  /// New data, `[count, ...dataShape]`.
  ///
  /// - Throws: as ``sampleCodes(_:labels:seed:)`` and ``decode(_:)``.
  public func sample(_ count: Int, labels: [Int]? = nil, seed: UInt64) throws -> NDArray {
    try decode(try sampleCodes(count, labels: labels, seed: seed))
  }

  /// The number of a class that was named, or numbered.
  ///
  /// - Throws: ``ModelError/unknownLabel(model:found:known:)``.
  public func label(named name: String) throws -> Int {
    let names = record.preprocessing.labelNames
    guard
      let found = names.firstIndex(of: name)
        ?? Int(name).flatMap({ names.indices.contains($0) ? $0 : nil })
    else { throw ModelError.unknownLabel(model: record.name, found: name, known: names) }
    return found
  }
}
