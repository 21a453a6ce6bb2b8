extension Model {
  /// New codes from the model's prior, `[count, latentSize]`.
  ///
  /// - Parameter labels: the class of each for a conditional family; without them classes are drawn evenly. Not allowed for others.
  /// - Throws: ``ModelError/noDensity(model:)`` or ``ModelError/notConditional(model:)``.
  public func sampleCodes(_ count: Int, labels: [Int]? = nil, seed: UInt64) throws -> NDArray {
    var random = RandomSource(seed: seed).forked("sample")
    guard let classCount = conditional?.classCount else {
      guard labels == nil else { throw ModelError.notConditional(model: record.name) }
      return try stylesFromPrior(count, size: record.latentSize, using: &random)
    }
    let size = record.latentSize - classCount
    let styles = try stylesFromPrior(count, size: size, using: &random)
    let classes =
      labels ?? (0..<count).map { _ in Int(random.next() % UInt64(max(classCount, 1))) }
    var codes = NDArray(repeating: 0, shape: [count, record.latentSize])
    for (row, label) in classes.enumerated() {
      let start = row * record.latentSize
      for column in 0..<size {
        codes.scalars[start + column] = styles.scalars[row * size + column]
      }
      codes.scalars[start + size + label] = 1
    }
    return codes
  }

  private func stylesFromPrior(
    _ count: Int, size: Int, using random: inout RandomSource
  ) throws -> NDArray {
    switch record.prior {
    case .standardNormal:
      let shape: Shape = [count, size]
      return NDArray((0..<shape.count).map { _ in Float(random.normal()) }, shape: shape)
    case .fitted:
      guard let density else { throw ModelError.noDensity(model: record.name) }
      return density.sample(count, using: &random)
    }
  }

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
