import ArgumentParser
import LatentZoo

extension TrainCommand {
  /// The training that a model's file keeps, with what was given on the command line.
  ///
  /// - Throws: ``UsageError`` where that says something else than what it was begun with.
  func resumable(_ model: String, _ registry: Registry) throws -> ResumableTraining {
    var training = try ResumableTraining(at: try zoo.existingZoo().path(of: model))
    let found = try contradictions(to: training)
    if let first = found.first { throw first.error(in: model) }
    try checkArchitecture(training.record.specification, of: model, registry)
    training.epochs = self.training.epochs ?? training.epochs
    training.checkpointInterval = checkpointInterval ?? training.checkpointInterval
    training.keepsBest = keepBest || training.keepsBest
    training.keepsTrainingState = !weightsOnly
    training.source = try data.map { try DataSource(parsing: $0) }
    training.dataOptions.merge(dataArguments.values) { _, given in given }
    return training
  }

  /// A training that goes on where it was.
  func continuation(
    of training: ResumableTraining, named model: String, _ registry: Registry
  ) throws -> ReadyTraining {
    let engine = try engine.engine(unlessGiven: usualThreadCount(for: training.record))
    let former = training.record.threadCount
    if engine.threadCount != former {
      output.console.note(
        "\(model) was trained on \(former) thread\(former == 1 ? "" : "s") so far, now on "
          + "\(engine.threadCount): its weights will not be bit for bit those of one training")
    }
    let data: DataParts
    do {
      data = try training.openData()
    } catch let error as DatasetError where self.data == nil {
      throw ResumeDataError.notFound(
        model: model, source: training.state.data.source, reason: error.description)
    }
    let prepared = try training.prepared(on: data, registry: registry, engine: engine)
    return ReadyTraining(prepared: prepared, path: training.path, reference: model)
  }

  /// Says that nothing is left to do.
  func report(finished training: ResumableTraining, _ registry: Registry) throws {
    let console = output.console
    console.message(
      training.state.steps == nil
        ? "\(training.record.name) is fitted, there is nothing to go on with"
        : "\(training.record.name) has been trained for all its epochs, \(training.epochs); "
          + "go on with more --epochs")
    let report = TrainReport(training)
    if output.json { try console.print(json: report) } else { try console.print(report.text) }
  }

  /// As many threads as so far, where there are as many processors.
  private func usualThreadCount(for record: ModelRecord) -> Int? {
    record.threadCount <= Engine.availableProcessors ? record.threadCount : nil
  }

  private func contradictions(to training: ResumableTraining) throws -> [Contradiction] {
    let (record, state) = (training.record, training.state)
    let given = [
      Contradiction("--name", name, record.name),
      Contradiction("--backbone", backbone, record.specification.backbone),
      Contradiction(
        "--validation", validation?.description, ValidationArgument(state.validation).description),
      Contradiction("--labels", labelLimit, state.labelLimit),
      Contradiction("--licence", licence, record.licence),
    ].compactMap { $0 }
    return given + self.training.contradictions(to: record.training)
  }

  /// Checks that family and settings, where they were given, are those of the model.
  private func checkArchitecture(
    _ specification: ModelSpecification, of model: String, _ registry: Registry
  ) throws {
    let given = try settings.map { try Setting(parsing: $0) }
    var presets: [Setting] = []
    if let family {
      let (entry, preset) = try registry.family(named: family)
      let found = Contradiction("the family", entry.type.card.identifier, specification.family)
      if let found { throw found.error(in: model) }
      // What is set overrides what the preset says.
      presets = (preset?.settings ?? [:]).map { Setting(key: $0.key, value: $0.value) }
        .filter { preset in !given.contains { $0.key == preset.key } }
    }
    for setting in presets.sorted(by: { $0.key < $1.key }) + given {
      try check(setting, specification, model, registry)
    }
  }

  private func check(
    _ setting: Setting, _ specification: ModelSpecification, _ model: String, _ registry: Registry
  ) throws {
    let changed = try registry.specification(specification, changedBy: [setting])
    guard changed != specification else { return }
    let kept = specification.value(of: setting.key)?.description ?? "another value"
    if let found = Contradiction("--set", "\(setting.key)=\(setting.value)", kept) {
      throw found.error(in: model)
    }
  }
}

/// The data of a training that is to go on cannot be read.
enum ResumeDataError: Error, Hashable {
  case notFound(model: String, source: String, reason: String)
}

extension ResumeDataError: CustomStringConvertible {
  var description: String {
    switch self {
    case .notFound(let model, let source, let reason):
      "\(model) was trained on \(source), which cannot be read from here: \(reason); "
        + "name the same data with --data"
    }
  }
}
