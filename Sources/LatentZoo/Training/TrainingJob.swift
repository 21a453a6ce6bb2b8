/// A training from names and options to a model: what `latentzoo train` does, for any program.
///
///     var job = TrainingJob(family: "vae")
///     job.options.epochs = 20
///     let training = try job.prepared(on: try DataSource(parsing: "digits").open(), registry: registry)
///     let trained = try training.run(savingTo: "vae-digits.h5")
public struct TrainingJob: Sendable {
  /// Which examples are held back to watch the training by.
  public enum Validation: Hashable, Sendable {
    /// The source's test part, or a tenth of the training examples where it has none.
    case automatic
    /// A share of the training examples, in `(0, 1)`, chosen by the seed.
    case fraction(Double)
    /// None.
    case none
  }

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
  /// Least time between two checkpoints during training, seconds; 0 saves after every epoch.
  public var checkpointInterval = 60.0
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
    let trainer = try Trainer(options, on: engine)
    guard checkpointInterval >= 0 else {
      throw TrainingError.badOption(
        name: "checkpoint interval", found: "\(checkpointInterval)",
        requirement: "must not be negative")
    }
    guard data.train.count > 0 else { throw TrainingError.noExamples(data: data.train.name) }
    let data = try showingLabels(of: data)
    let specification = try registry.specification(
      for: family, backbone: backbone, settings: settings, data: data.train.signature)
    let name = try self.name ?? ModelName(family: family, data: data.train.name)
    let trainingData = try trainingData(from: data)
    var random = RandomSource(seed: options.seed).forked("initial values")
    let model = try registry.makeModel(specification, using: &random)
    try model.check(data.train)
    return PreparedTraining(
      model, name: name, specification: specification, data: trainingData,
      testPart: data.test, trainer: trainer, checkpointInterval: checkpointInterval,
      licence: licence, isUntrained: isUntrained)
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
