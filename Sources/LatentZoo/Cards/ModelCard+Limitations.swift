extension ModelCard {
  /// What follows from a record about what not to expect of the model, one sentence each.
  static func limitations(of contents: CheckpointContents, isFamilyKnown: Bool) -> [String] {
    let record = contents.record
    return training(record, contents.history) + measurement(record)
      + use(record, hasDensity: contents.hasDensity) + licences(record)
      + (isFamilyKnown
        ? []
        : [
          "The family `\(record.specification.family)` is not installed here; the model runs from "
            + "the graph in its file, but training needs "
            + "\(PluginReference.need(record.specification.plugins, for: record.specification.family))."
        ])
  }

  private static func training(_ record: ModelRecord, _ history: TrainingHistory) -> [String] {
    let (done, wanted) = (history.epochs.count, record.training.epochs)
    if wanted == 0 {
      return [
        "The weights are initial values: this is a control for comparisons, not a trained model."
      ]
    }
    var limits: [String] = []
    if history.wasInterrupted {
      limits.append("Training was stopped after \(done) of \(wanted) epochs.")
    }
    limits.append(
      "One training with one seed (\(record.training.seed)); figures differ between seeds.")
    if !history.epochs.contains(where: { !$0.validation.isEmpty }) {
      limits.append("No examples were held back during training, so nothing tells overfitting.")
    }
    return limits
  }

  private static func measurement(_ record: ModelRecord) -> [String] {
    guard !record.metrics.isEmpty else {
      return ["Nothing was measured: the record holds no metrics."]
    }
    guard record.metrics.allSatisfy({ $0.data.hasPrefix("validation") }) else { return [] }
    return [
      "Metrics are of examples held back from the training data by chance, not of a test part of "
        + "their own; any choice made by them, such as when to stop, makes them look better than they are."
    ]
  }

  private static func use(_ record: ModelRecord, hasDensity: Bool) -> [String] {
    let (data, size) = (record.specification.data, record.latentSize)
    var limits: [String] = []
    if data.vocabularySize > 0 {
      limits.append(
        "It knows \(NumberText.count(data.vocabularySize)) tokens; all others are one and the same "
          + "unknown token to it.")
    } else {
      limits.append(
        "It takes examples of shape \(data.shape) and nothing else, prepared like its training data; "
          + "what is unlike that data is encoded all the same, without a warning.")
    }
    if record.data.count < 10_000 {
      limits.append(
        "It has seen \(NumberText.count(record.data.count)) examples, which is few: expect it to know "
          + "little beyond them.")
    }
    if data.vocabularySize == 0, size >= data.shape.featureCount {
      limits.append(
        "Its codes (\(size) numbers) are no smaller than the data (\(data.shape.featureCount)).")
    }
    if record.prior == .fitted, hasDensity {
      limits.append(
        "Samples come from a density fitted on training codes afterwards: the family itself promises "
          + "nothing about the distribution of its codes.")
    }
    if record.prior == .fitted, !hasDensity {
      limits.append("It cannot sample: it has no prior, and no density of its codes is kept.")
    }
    return limits
  }

  private static func licences(_ record: ModelRecord) -> [String] {
    var limits: [String] = []
    if record.licence.isEmpty {
      limits.append("No licence of the weights is stated: ask before you pass them on.")
    }
    if record.data.licence == nil {
      limits.append("The licence of the training data is not stated.")
    }
    return limits
  }
}
