/// What a checkpoint says about a model, apart from its weights.
public struct ModelRecord: Codable, Hashable, Sendable {
  /// Name in the zoo, `family-data[.variant]`.
  public var name: String
  /// What the networks are built from.
  public var specification: ModelSpecification
  /// Number of elements of a code.
  public var latentSize: Int
  /// Number of single values in all weights.
  public var parameterCount: Int
  /// Where codes come from when the model samples.
  public var prior: LatentPrior
  /// Number of classes that codes can be drawn of; 0 where labels mean nothing to the prior.
  public var sampledClassCount: Int
  /// What belongs to the weights on the side of the data.
  public var preprocessing: Preprocessing
  /// Which data it was trained on.
  public var data: Provenance
  /// How it was trained.
  public var training: TrainingOptions
  /// What was measured, and how.
  public var metrics: [MetricReport]
  /// Version of the library that wrote the checkpoint.
  public var libraryVersion: String
  /// When training ended, ISO 8601.
  public var createdAt: String
  /// Number of threads it was trained on.
  public var threadCount: Int
  /// Licence of the weights.
  public var licence: String
  /// Name of the model this one was fine-tuned from; empty where there is none.
  public var parent: String

  /// Makes a record.
  public init(
    name: String, specification: ModelSpecification, latentSize: Int, parameterCount: Int,
    prior: LatentPrior, sampledClassCount: Int = 0, preprocessing: Preprocessing, data: Provenance,
    training: TrainingOptions,
    metrics: [MetricReport], libraryVersion: String, createdAt: String, threadCount: Int,
    licence: String, parent: String
  ) {
    self.name = name
    self.specification = specification
    self.latentSize = latentSize
    self.parameterCount = parameterCount
    self.prior = prior
    self.sampledClassCount = sampledClassCount
    self.preprocessing = preprocessing
    self.data = data
    self.training = training
    self.metrics = metrics
    self.libraryVersion = libraryVersion
    self.createdAt = createdAt
    self.threadCount = threadCount
    self.licence = licence
    self.parent = parent
  }
}

/// Measured values with how they were measured.
public struct MetricReport: Codable, Hashable, Sendable {
  /// Which data, such as "test part of idx:mnist".
  public var data: String
  /// Number of examples.
  public var count: Int
  /// Key of what the model sampled on the way.
  public var seed: UInt64
  /// Means over the examples, by name.
  public var values: [String: Double]

  /// Makes a report.
  public init(data: String, count: Int, seed: UInt64, values: [String: Double]) {
    self.data = data
    self.count = count
    self.seed = seed
    self.values = values
  }
}

/// The release of this library.
public let libraryVersion = "0.1.0"
