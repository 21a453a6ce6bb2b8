/// A training from names and options to a model: what `latentzoo train` does, for any program.
///
///     var job = TrainingJob(family: "vae")
///     job.options.epochs = 20
///     let training = try job.prepared(on: try DataSource(parsing: "digits").open(), registry: registry)
///     let trained = try training.run(savingTo: "vae-digits.h5")
public struct TrainingJob: Sendable {
  /// A family or one of its presets.
  public var family: String
  /// Overrides the preset's and the family's default backbone.
  public var backbone: String?
  /// Settings of family and backbone that differ from the defaults.
  public var settings: [Setting] = []
  /// Name of the model; by default `family-data`.
  public var name: ModelName?
  /// How to train.
  public var options = TrainingOptions()
  /// Which examples are held back.
  public var validation = Validation.automatic
  /// Where the data is read from, such as `idx:data/mnist`, for whoever goes on with the training; the data's own name for
  /// it unless given.
  public var source: String?
  /// How the source was read.
  public var dataOptions: [String: String] = [:]
  /// Least time between two checkpoints during training, seconds; 0 saves after every epoch.
  public var checkpointInterval = 60.0
  /// Whether what is saved can be gone on with; it takes up to twice the size of the weights.
  public var keepsTrainingState = true
  /// Whether the weights of the epoch with the least validation loss are kept as a model of their own, `NAME.best`.
  public var keepsBest = false
  /// Number of training examples whose labels are shown, evenly spread over the classes; `nil` for all.
  public var labelLimit: Int?
  /// Whether to keep the initial values: a model to compare trained ones with.
  public var isUntrained = false
  /// Licence of the weights; empty where none is stated.
  public var licence = ""

  /// Makes a job with the defaults.
  public init(family: String) {
    self.family = family
  }

  /// Checks everything that can be checked before training, and builds the networks.
  ///
  /// - Throws: ``TrainingError``, ``RegistryError``, ``ConfigurationError``, ``ModelError``, ``ZooError`` or
  ///   `DatasetError`.
  public func prepared(
    on data: DataParts, registry: Registry, engine: Engine = .shared
  ) throws -> PreparedTraining {
    try check(data)
    let specification = try registry.specification(
      for: family, backbone: backbone, settings: settings, data: data.train.signature)
    var random = initialValues
    let model = try registry.makeModel(specification, using: &random)
    return try prepared(model, specification, on: data, engine, start: nil)
  }

  /// The same with networks that are there already.
  ///
  /// - Parameter start: where to go on.
  func prepared(
    _ model: any ModelFamily, _ specification: ModelSpecification, on data: DataParts,
    _ engine: Engine, start: StepMarker.Start?
  ) throws -> PreparedTraining {
    let name = try self.name ?? ModelName(family: family, data: data.train.name)
    if keepsBest { _ = try ModelName(best: name) }
    let shown = try showingLabels(of: data)
    try model.check(shown.train)
    let trainingData = try trainingData(from: shown)
    if keepsBest, trainingData.validation == nil {
      throw TrainingError.badOption(
        name: "best epoch", found: "no validation",
        requirement: "is found on held-back examples, which --validation gives")
    }
    let request = TrainingState(
      data: DataReference(data, source: source, options: dataOptions),
      validation: validation, labelLimit: labelLimit, checkpointInterval: checkpointInterval,
      keepsBest: keepsBest)
    return PreparedTraining(
      model, specification: specification, job: self, name: name, request: request,
      data: trainingData, testPart: data.test, trainer: try Trainer(options, on: engine),
      start: start)
  }

  /// What the networks' initial values are drawn from.
  var initialValues: RandomSource { RandomSource(seed: options.seed).forked("initial values") }

  private func check(_ data: DataParts) throws {
    try options.validate()
    guard checkpointInterval >= 0 else {
      throw TrainingError.badOption(
        name: "checkpoint interval", found: "\(checkpointInterval)",
        requirement: "must not be negative")
    }
    guard data.train.count > 0 else { throw TrainingError.noExamples(data: data.train.name) }
  }

  /// The data with the labels that may be seen.
  private func showingLabels(of data: DataParts) throws -> DataParts {
    guard let labelLimit else { return data }
    guard labelLimit >= 0 else {
      throw TrainingError.badOption(
        name: "number of labels", found: "\(labelLimit)", requirement: "must not be negative")
    }
    return DataParts(
      train: data.train.hidingLabels(keeping: labelLimit, seed: options.seed), test: data.test)
  }

  private func trainingData(from data: DataParts) throws -> TrainingData {
    let fraction: Double
    switch validation {
    case .none: return TrainingData(data.train)
    case .automatic:
      if let test = data.test { return TrainingData(data.train, validation: (test, nil)) }
      fraction = 0.1
    case .fraction(let given): fraction = given
    }
    guard fraction > 0 else { throw DatasetError.validationFraction(fraction) }
    let split = try Split.make(
      count: data.train.count, validationFraction: fraction, seed: options.seed)
    return TrainingData(
      data.train, indices: split.train, validation: (data.train, split.validation))
  }
}

extension ModelName {
  /// The usual name of a model, `family-data`, with dashes for what a name cannot have.
  ///
  /// - Throws: ``ZooError/badName(_:)`` where it would be too long.
  public init(family: String, data: String) throws(ZooError) {
    let allowed = data.map { letter in
      letter.isASCII && (letter.isLetter || letter.isNumber || "-_.".contains(letter))
        ? letter : "-"
    }
    try self.init("\(family)-\(String(allowed))")
  }
}
