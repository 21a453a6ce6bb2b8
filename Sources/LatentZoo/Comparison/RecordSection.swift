import Foundation

/// A part of what is known about models, as it is compared.
public enum RecordSection: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
  /// What two runs of one training differ in anyway: it does not make models different.
  case incidental
  /// What the model came from and by: its parent, licence, library version and number of threads.
  case identity
  /// The family with its settings, and the sizes that follow from them.
  case settings
  /// The backbone with its settings.
  case backbone
  /// What it was trained on.
  case data
  /// How it was trained.
  case training
  /// What was measured after training.
  case metrics
  /// The course of the training.
  case history
  /// Which optional parts the file has.
  case contents

  /// The part of a checkpoint's record and history, as one object.
  ///
  /// - Throws: `EncodingError` where a number cannot be told as JSON.
  func document(of contents: CheckpointContents) throws -> JSONValue {
    let record = try [String: JSONValue].object(of: contents.record)
    let specification = record["specification"]?.fields ?? [:]
    func fields(_ keys: [String], of source: [String: JSONValue]) -> JSONValue {
      .object(source.filter { keys.contains($0.key) })
    }
    switch self {
    case .incidental:
      var known = fields(["name", "createdAt"], of: record).fields
      known["seconds"] = .number(contents.history.epochs.reduce(0) { $0 + $1.seconds })
      return .object(known)
    case .identity:
      return fields(["parent", "licence", "libraryVersion", "threadCount"], of: record)
    case .settings:
      let sizes = fields(
        ["latentSize", "parameterCount", "prior", "sampledClassCount"], of: record
      ).fields
      let settings = fields(["family", "familyVersion", "configuration"], of: specification).fields
      return .object(sizes.merging(settings) { first, _ in first })
    case .backbone: return fields(["backbone", "backboneConfiguration"], of: specification)
    case .data:
      var known = fields(["data", "preprocessing"], of: record).fields
      known["signature"] = specification["data"]
      return .object(known)
    case .training: return record["training"] ?? .null
    case .metrics: return try Self.metrics(contents.record.metrics)
    case .history: return try Self.course(contents.history)
    case .contents: return .object(["latentDensity": .bool(contents.hasDensity)])
    }
  }

  /// Metrics by the examples they are of.
  private static func metrics(_ reports: [MetricReport]) throws -> JSONValue {
    var documents: [String: JSONValue] = [:]
    for report in reports {
      documents[report.data] = .object(try [String: JSONValue].object(of: report))
    }
    return .object(documents)
  }

  /// How long the training went, and where it ended.
  private static func course(_ history: TrainingHistory) throws -> JSONValue {
    var known: [String: JSONValue] = [
      "epochs": .integer(history.epochs.count), "interrupted": .bool(history.wasInterrupted),
    ]
    for (part, values) in [
      ("training", history.epochs.last?.training), ("validation", history.epochs.last?.validation),
    ] {
      known["last.\(part)"] = .object((values ?? [:]).mapValues { .number($0) })
    }
    return .object(known)
  }
}

extension [String: JSONValue] {
  /// The fields of a value as JSON would have them.
  ///
  /// - Throws: `EncodingError` where a number cannot be told as JSON.
  static func object(of value: some Encodable) throws -> Self {
    try JSONDecoder().decode(Self.self, from: JSONEncoder().encode(value))
  }
}
