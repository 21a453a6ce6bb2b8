import ArgumentParser
import LatentZoo

extension TrainCommand {
  /// A training from the beginning.
  func beginning(_ registry: Registry) throws -> ReadyTraining {
    // The parser has seen to it that both are there.
    let (family, data) = (family ?? "", data ?? "")
    _ = try registry.family(named: family)
    let job = try makeJob(family, on: data)
    let parts = try DataSource(parsing: data).open(DataOptions(values: dataArguments.values))
    let prepared = try job.prepared(on: parts, registry: registry, engine: try engine.engine())
    if keepBest {
      _ = try zoo.zoo.newPath(for: try ModelName(best: prepared.name), replacing: force)
    }
    return ReadyTraining(
      prepared: prepared, path: try zoo.zoo.newPath(for: prepared.name, replacing: force),
      reference: prepared.name.text)
  }

  private func makeJob(_ family: String, on data: String) throws -> TrainingJob {
    var job = TrainingJob(family: family)
    job.backbone = backbone
    job.settings = try settings.map { try Setting(parsing: $0) }
    job.name = try name.map { try ModelName($0) }
    job.options = try training.options()
    job.validation = validation?.choice ?? job.validation
    job.source = data
    job.dataOptions = dataArguments.values
    job.checkpointInterval = checkpointInterval ?? job.checkpointInterval
    job.keepsTrainingState = !weightsOnly
    job.keepsBest = keepBest
    job.licence = licence ?? job.licence
    job.labelLimit = labelLimit
    job.isUntrained = untrained
    return job
  }
}

extension PreparedTraining {
  /// What is about to happen, in one line.
  var summary: String {
    let threads = trainer.engine.threadCount
    var parts = [
      "\(verb) \(name): \(specification.family) on \(specification.backbone), "
        + "\(NumberText.count(family.parameterCount)) parameters",
      "\(NumberText.count(data.count)) examples of \(specification.dataShape)",
    ]
    if let (dataset, indices) = data.validation {
      parts.append("\(NumberText.count(indices?.count ?? dataset.count)) held back")
    }
    parts.append(threads == 1 ? "1 thread" : "\(threads) threads")
    if let start {
      parts.append("going on in epoch \(start.epoch + 1) with step \(start.batch + 1)")
    }
    return parts.joined(separator: ", ")
  }

  private var verb: String { start == nil ? "training" : "resuming" }
}
