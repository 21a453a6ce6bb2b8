import Foundation
internal import HDF5

extension Checkpoint {
  /// Reads what a file says about its model, without the weights.
  ///
  /// - Throws: ``CheckpointError``, or what HDF5 says.
  public static func readRecord(at path: String) throws -> ModelRecord {
    try readRecord(from: try open(path), at: path)
  }

  /// Opens a model: builds the networks from the recorded configuration, then fills them, strictly.
  ///
  /// - Parameter registry: knows the family and the backbone.
  /// - Throws: ``RegistryError`` where they are unknown, ``CheckpointError``, or what HDF5 says.
  public static func read(
    at path: String, registry: Registry, on engine: Engine = .shared
  ) throws -> Model {
    let file = try open(path)
    let record = try readRecord(from: file, at: path)
    let stored = try weights(
      below: try file.root.group(CheckpointFormat.networks), prefix: "", depth: 0)
    let networks = try networks(of: record, registry: registry, in: file, stored, path)
    try fill(networks, from: stored, path)
    return Model(
      networks, record: record, vocabulary: try readVocabulary(from: file, record, path),
      density: try readDensity(from: file, record, path),
      history: try readHistory(from: file, path), on: engine)
  }

  /// Opens a file and checks that it is a checkpoint of a version we know.
  static func open(_ path: String) throws -> File {
    let file = try File.open(at: path)
    let root = file.root
    guard try root.hasAttribute(CheckpointFormat.Attribute.format),
      try root.attributeString(CheckpointFormat.Attribute.format) == CheckpointFormat.identity
    else { throw CheckpointError.notACheckpoint(file: path) }
    let version = try root.attributeString(CheckpointFormat.Attribute.version)
    guard version.split(separator: ".").first.map(String.init) == CheckpointFormat.majorVersion
    else {
      throw CheckpointError.unknownVersion(
        file: path, found: version, known: CheckpointFormat.version)
    }
    return file
  }

  static func readRecord(from file: File, at path: String) throws -> ModelRecord {
    let text = try file.root.dataset(CheckpointFormat.record).readString()
    do {
      return try JSONDecoder().decode(ModelRecord.self, from: Data(text.utf8))
    } catch let error as DecodingError {
      throw CheckpointError.malformed(
        file: path, object: CheckpointFormat.record, reason: reason(of: error))
    }
  }

  static func reason(of error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, _): "lacks \"\(key.stringValue)\""
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      "is unreadable at \"\(context.codingPath.map(\.stringValue).joined(separator: "."))\""
    @unknown default: "is unreadable"
    }
  }

  /// Copies the weights in; nothing may be missing, extra or of another shape.
  private static func fill(
    _ networks: ModelNetworks, from stored: [String: HDF5.Dataset], _ path: String
  ) throws {
    var stored = stored
    var missing: [String] = []
    var misshapen: [CheckpointError.ShapeMismatch] = []
    let wanted = networks.namedParameters
    for (name, parameter) in wanted {
      guard let dataset = stored[name] else {
        missing.append(name)
        continue
      }
      if dataset.shape != parameter.shape.dimensions {
        misshapen.append(
          .init(weight: name, expected: parameter.shape.dimensions, found: dataset.shape))
      }
    }
    let unexpected = Set(stored.keys).subtracting(wanted.map(\.path)).sorted()
    guard missing.isEmpty, unexpected.isEmpty, misshapen.isEmpty else {
      throw CheckpointError.weightsDoNotFit(
        file: path, missing: missing, unexpected: unexpected, misshapen: misshapen)
    }
    for (name, parameter) in wanted {
      guard let dataset = stored.removeValue(forKey: name) else { continue }
      try parameter.withMutableFloats { try dataset.read(into: $0) }
      guard parameter.withFloats({ $0.allSatisfy(\.isFinite) }) else {
        throw CheckpointError.notFinite(file: path, weight: name)
      }
    }
  }

  /// All datasets below a group, by path.
  static func weights(
    below group: Group, prefix: String, depth: Int
  ) throws -> [String: HDF5.Dataset] {
    var found: [String: HDF5.Dataset] = [:]
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

  private static func readVocabulary(
    from file: File, _ record: ModelRecord, _ path: String
  ) throws -> Vocabulary? {
    let size = record.specification.data.vocabularySize
    guard size > 0 else { return nil }
    let tokens = try file.root.dataset(CheckpointFormat.vocabulary).readString()
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard tokens.count == size, let vocabulary = Vocabulary(tokens: tokens) else {
      throw CheckpointError.malformed(
        file: path, object: CheckpointFormat.vocabulary,
        reason: "does not hold \(size) different tokens, one a line")
    }
    return vocabulary
  }

  private static func readDensity(
    from file: File, _ record: ModelRecord, _ path: String
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

  static func readHistory(from file: File, _ path: String) throws -> TrainingHistory {
    var history = TrainingHistory()
    guard try file.root.contains(CheckpointFormat.history) else { return history }
    let group = try file.root.group(CheckpointFormat.history)
    history.wasInterrupted = try group.attributeValue("interrupted", as: Int64.self) != 0
    let epochs = try group.dataset("epoch").read(as: Int64.self)
    let rates = try group.dataset("learning_rate").read(as: Double.self)
    let seconds = try group.dataset("seconds").read(as: Double.self)
    let training = try columns(of: try group.group("training"))
    let validation = try columns(of: try group.group("validation"))
    let lengths =
      [rates.count, seconds.count] + training.values.map(\.count)
      + validation.values.map(\.count)
    guard lengths.allSatisfy({ $0 == epochs.count }) else {
      throw CheckpointError.malformed(
        file: path, object: CheckpointFormat.history, reason: "has columns of different lengths")
    }
    history.epochs = epochs.indices.map { row in
      EpochRecord(
        epoch: Int(epochs[row]), learningRate: rates[row], seconds: seconds[row],
        training: training.mapValues { $0[row] }.filter { !$0.value.isNaN },
        validation: validation.mapValues { $0[row] }.filter { !$0.value.isNaN })
    }
    return history
  }

  private static func columns(of group: Group) throws -> [String: [Double]] {
    var columns: [String: [Double]] = [:]
    for member in try group.members() where member.kind == .dataset {
      columns[member.name] = try group.dataset(member.name).read(as: Double.self)
    }
    return columns
  }
}
