internal import HDF5

extension Checkpoint {
  /// Reads what a file says about its model, without the weights.
  ///
  /// - Throws: ``CheckpointError``, or what HDF5 says.
  public static func readRecord(at path: String) throws -> ModelRecord {
    try readRecord(from: try CheckpointFile(at: path, isThorough: false), at: path)
  }

  /// Reads what a list shows of a model, as fast as possible.
  ///
  /// - Throws: ``CheckpointError``, or what HDF5 says.
  static func readSummary(at path: String) throws -> (summary: ModelSummary, fileSize: Int) {
    let file = try CheckpointFile(at: path, isThorough: false)
    let text = try file.root.dataset(CheckpointFormat.record)
      .readString(limit: JSONLimits.recordBytes)
    do {
      return (try ModelSummary(parsing: text), file.size)
    } catch {
      throw CheckpointError.malformed(
        file: path, object: CheckpointFormat.record,
        reason: "is unreadable at byte \(error.position)")
    }
  }

  /// Opens a model: builds the networks from the recorded configuration, or from the recorded graph where family or backbone
  /// are not registered, then fills them, strictly.
  ///
  /// The file may come from anybody: its structure, its checksums and all sizes are checked before the networks take any
  /// memory.
  ///
  /// - Parameters:
  ///   - path: the checkpoint.
  ///   - registry: the families and backbones that are known.
  ///   - engine: where the model computes.
  /// - Throws: ``CheckpointError``, ``ModelError/familyNotInstalled(model:family:plugins:)`` where neither is there, or what
  ///   HDF5 says.
  public static func read(
    at path: String, registry: Registry, on engine: Engine = .shared
  ) throws -> Model {
    let file = try open(path)
    let record = try readRecord(from: file, at: path)
    let stored = try weights(
      below: try file.root.group(CheckpointFormat.networks), prefix: "", depth: 0)
    let networks = try networks(of: record, registry: registry, in: file, stored, path)
    let loader = try WeightLoader(stored, for: networks.namedParameters, path)
    try RecordCheck(record, path).compare(with: stored.values.map(\.shape))
    try loader.load()
    return Model(
      networks, record: record, vocabulary: try readVocabulary(from: file, record, path),
      density: try readDensity(from: file, record, path),
      history: try readHistory(from: file, path), on: engine)
  }

  /// Opens a file and checks that it is a checkpoint of a version we know, whole and unchanged in structure.
  static func open(_ path: String) throws -> CheckpointFile { try CheckpointFile(at: path) }

  static func readRecord(from file: CheckpointFile, at path: String) throws -> ModelRecord {
    let record = try file.json(
      ModelRecord.self, in: CheckpointFormat.record, limit: JSONLimits.recordBytes,
      excess: JSONLimits.excessInRecord)
    try RecordCheck(record, path).compare(with: file.root)
    return record
  }

  /// All datasets below a group, by path.
  static func weights(
    below group: PlainGroup, prefix: String, depth: Int
  ) throws -> [String: PlainDataset] {
    var found: [String: PlainDataset] = [:]
    guard depth < 16 else { return found }
    for member in try group.members() {
      let path = prefix.isEmpty ? member.name : "\(prefix)/\(member.name)"
      switch member.kind {
      case .group:
        let inner = try weights(
          below: try group.group(member.name), prefix: path, depth: depth + 1)
        found.merge(inner) { first, _ in first }
      case .dataset: found[path] = try group.dataset(member.name)
      default: break
      }
    }
    return found
  }

  static func readVocabulary(
    from file: CheckpointFile, _ record: ModelRecord, _ path: String
  ) throws -> Vocabulary? {
    let size = record.specification.data.vocabularySize
    guard size > 0 else { return nil }
    let text = try file.root.dataset(CheckpointFormat.vocabulary).readString()
    // Counted before anything is made of them.
    let isFit = text.utf8.count(where: { $0 == UInt8(ascii: "\n") }) == size - 1
    let tokens = isFit ? text.split(separator: "\n", omittingEmptySubsequences: false) : []
    guard isFit, let vocabulary = Vocabulary(tokens: tokens.map(String.init)) else {
      throw CheckpointError.malformed(
        file: path, object: CheckpointFormat.vocabulary,
        reason: "does not hold \(size) different tokens, one a line")
    }
    return vocabulary
  }

  static func readDensity(
    from file: CheckpointFile, _ record: ModelRecord, _ path: String
  ) throws -> LatentDensity? {
    guard try file.root.contains(CheckpointFormat.density) else { return nil }
    let group = try file.root.group(CheckpointFormat.density)
    let weights = try group.dataset(CheckpointFormat.densityWeight).read(as: Double.self)
    let means = try group.dataset(CheckpointFormat.densityMean)
    let factors = try group.dataset(CheckpointFormat.densityFactor)
    let (count, size) = (weights.count, record.latentSize)
    let shape = [count, size]
    guard count > 0, means.shape == shape, factors.shape == shape || factors.shape == shape + [size]
    else { throw unfitDensity(path) }
    let mean = try means.read(as: Double.self)
    let factor = try factors.read(as: Double.self)
    let width = factor.count / count
    let parts = (0..<count).compactMap { part in
      LatentDensity.Component(
        weight: weights[part], mean: Array(mean[part * size..<(part + 1) * size]),
        factor: Array(factor[part * width..<(part + 1) * width]))
    }
    guard parts.count == count, let density = LatentDensity(parts) else {
      throw unfitDensity(path)
    }
    return density
  }

  private static func unfitDensity(_ path: String) -> CheckpointError {
    .malformed(
      file: path, object: CheckpointFormat.density, reason: "does not fit the code's size")
  }
}
