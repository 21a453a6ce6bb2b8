internal import HDF5

/// What differs between two checkpoints.
public struct CheckpointComparison: Codable, Hashable, Sendable {
  /// The first file.
  public let first: String
  /// The second file.
  public let second: String
  /// What the records say differently, by section; sections without a difference are left out.
  public let values: [RecordSection: [ValueChange]]
  /// How the recorded networks differ; `nil` where neither file has any.
  public let graph: GraphComparison?
  /// How the weights differ.
  public let tensors: TensorComparison
  /// Paths of other objects, such as the vocabulary, that one file lacks or has with other contents.
  public let objects: [String]

  /// Whether the models are the same: names, dates and times aside, nothing differs.
  public var isEqual: Bool {
    values.keys.allSatisfy { $0 == .incidental } && (graph?.isEqual ?? true) && tensors.isEqual
      && objects.isEmpty
  }
}

extension Checkpoint {
  /// Compares two models without building their networks: their families need not be known.
  ///
  /// Weights are read block by block; neither file is held in memory.
  ///
  /// - Throws: ``CheckpointError``, or what HDF5 says.
  public static func compare(_ first: String, with second: String) throws -> CheckpointComparison {
    let (one, other) = (try readContents(at: first), try readContents(at: second))
    var values: [RecordSection: [ValueChange]] = [:]
    for section in RecordSection.allCases {
      let changes = ValueChange.between(
        try section.document(of: one), try section.document(of: other))
      if !changes.isEmpty { values[section] = changes }
    }
    let (file, otherFile) = (try open(first), try open(second))
    let graphs = (one.graph?.functions, other.graph?.functions)
    return CheckpointComparison(
      first: first, second: second, values: values,
      graph: graphs == (nil, nil) ? nil : GraphComparison(graphs.0 ?? [:], graphs.1 ?? [:]),
      tensors: try TensorComparison(networks(of: file), networks(of: otherFile)),
      objects: try differingObjects(file, otherFile))
  }

  private static func networks(of file: CheckpointFile) throws -> [String: PlainDataset] {
    try weights(below: try file.root.group(CheckpointFormat.networks), prefix: "", depth: 0)
  }

  /// Objects that belong to a model beside weights, graph, record and history.
  private static let compared = [CheckpointFormat.vocabulary, CheckpointFormat.density]

  private static func differingObjects(_ first: CheckpointFile, _ second: CheckpointFile) throws
    -> [String]
  {
    let (one, other) = (try objects(of: first), try objects(of: second))
    return try Set(one.keys).union(other.keys).sorted().filter { path in
      guard let dataset = one[path], let like = other[path] else { return true }
      return try !holdTheSame(dataset, like)
    }
  }

  private static func objects(of file: CheckpointFile) throws -> [String: PlainDataset] {
    var objects: [String: PlainDataset] = [:]
    for member in try file.root.members() where compared.contains(member.name) {
      if member.kind == .dataset {
        objects[member.name] = try file.root.dataset(member.name)
      } else if member.kind == .group {
        let inner = try weights(
          below: try file.root.group(member.name), prefix: member.name, depth: 0)
        objects.merge(inner) { first, _ in first }
      }
    }
    return objects
  }

  private static func holdTheSame(_ one: PlainDataset, _ other: PlainDataset) throws -> Bool {
    guard one.shape == other.shape, one.elementType == other.elementType else { return false }
    return try one.digest(SHA256Digest()) == other.digest(SHA256Digest())
  }
}
