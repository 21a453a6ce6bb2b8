import Foundation

/// Makes models of weights that another tool has written.
public struct ModelImporter {
  private let file: SafetensorsFile
  private let renamings: [WeightRenaming]
  /// Knows the families and backbones.
  public let registry: Registry
  private let engine: Engine

  /// Prepares an import.
  ///
  /// - Parameters:
  ///   - file: the weights.
  ///   - renamings: the first that meets a name decides where it goes.
  ///   - registry: knows the family and the backbone.
  ///   - engine: where the model computes.
  public init(
    _ file: SafetensorsFile, renamings: [WeightRenaming] = [], registry: Registry,
    on engine: Engine = .shared
  ) {
    self.file = file
    self.renamings = renamings
    self.registry = registry
    self.engine = engine
  }

  /// A model built as another one, with the file's weights; its data, vocabulary and preprocessing are that one's.
  ///
  /// Nothing is known of how the weights were trained: the model has no metrics, history or density.
  ///
  /// - Throws: ``ExchangeError/weightsDoNotFit(file:report:)``, or whatever building the networks throws.
  public func model(
    named name: ModelName, like other: ModelRecord, vocabulary: Vocabulary?
  ) throws -> (model: Model, report: ImportReport) {
    let (family, report) = try filledFamily(other.specification)
    var record = other
    record.name = name.text
    record.parent = ""
    record.metrics = []
    record.training.epochs = 0
    record.createdAt = Date().formatted(.iso8601)
    record.libraryVersion = libraryVersion
    let model = Model(family, record: record, vocabulary: vocabulary, on: engine)
    return (model, report)
  }

  /// A model of a specification with the file's weights, which takes values in `[0, 1]`.
  ///
  /// - Throws: ``ExchangeError/weightsDoNotFit(file:report:)``, or whatever building the networks throws.
  public func model(
    named name: ModelName, of specification: ModelSpecification, licence: String = ""
  ) throws -> (model: Model, report: ImportReport) {
    let (family, report) = try filledFamily(specification)
    var training = TrainingOptions()
    training.epochs = 0
    let record = ModelRecord(
      name: name.text, specification: specification, latentSize: family.latentSize,
      parameterCount: family.parameterCount, prior: family.codePrior,
      sampledClassCount: family.sampledClassCount,
      preprocessing: Preprocessing(
        divisor: 1, lowest: 0, highest: 1,
        labelNames: (0..<specification.data.classCount).map(String.init)),
      data: Provenance(source: "unknown", count: 0, sha256: ""), training: training, metrics: [],
      libraryVersion: libraryVersion, createdAt: Date().formatted(.iso8601),
      threadCount: engine.threadCount, licence: licence, parent: "")
    return (Model(family, record: record, on: engine), report)
  }

  /// Networks with the file's weights; nothing is read where they do not fit.
  private func filledFamily(
    _ specification: ModelSpecification
  ) throws -> (any ModelFamily, ImportReport) {
    var random = RandomSource(seed: 0)
    let family = try registry.makeModel(specification, using: &random)
    let parameters = family.namedParameters
    let names = file.shapes.keys
    let paths = Dictionary(uniqueKeysWithValues: names.map { ($0, renamings.path(of: $0)) })
    let report = ImportReport(
      shapes: file.shapes,
      weights: Dictionary(
        parameters.map { ($0.path, $0.parameter.shape.dimensions) }, uniquingKeysWith: { $1 }),
      paths: paths)
    guard report.isComplete else {
      throw ExchangeError.weightsDoNotFit(file: file.path, report: report)
    }
    let sources = Dictionary(names.map { (paths[$0] ?? $0, $0) }, uniquingKeysWith: { $1 })
    for (path, parameter) in parameters {
      guard let name = sources[path], let value = try file.tensor(named: name) else { continue }
      parameter.value = value
    }
    return (family, report)
  }
}
