import LatentZoo

extension ModelEvaluation {
  /// The evaluation for people.
  ///
  /// - Parameter featureCount: number of elements of an example.
  func text(featureCount: Int) -> String {
    var lines = ["\(model) on \(data), \(NumberText.count(count)) examples"]
    if isTrainingData { lines[0] += "; the model was trained on this data" }
    let errors = errors(featureCount)
    if !errors.isEmpty { lines += ["", errors.text(indent: 2)] }
    if let negativeLogLikelihood { lines += ["", negativeLogLikelihood.table.text(indent: 2)] }
    if let restoration { lines += ["", restoration.table.text(indent: 2)] }
    if let latent { lines += ["", latent.table.text(indent: 2)] }
    if let prior { lines += ["", prior.table.text(indent: 2)] }
    return lines.joined(separator: "\n")
  }

  private func errors(_ featureCount: Int) -> TextTable {
    var table = TextTable([.text("error"), .number("value"), .text("estimated as")])
    let others = losses.keys.filter { $0 != "loss" }.sorted()
    for name in ["loss"] + others {
      guard let value = losses[name] else { continue }
      table.add([name, NumberText.value(value), "mean over examples"])
    }
    guard let squaredError, let meanSquaredError else { return table }
    table.add([
      "squared error", NumberText.value(squaredError),
      "mean over examples, summed over \(NumberText.count(featureCount)) elements",
    ])
    table.add([
      "mean squared error", NumberText.value(meanSquaredError), "mean over elements",
    ])
    return table
  }
}

extension NegativeLogLikelihood {
  /// The estimate and what it is uncertain by.
  fileprivate var table: TextTable {
    var table = TextTable([.text("likelihood"), .number("value"), .text("estimated as")])
    table.add([
      "negative log-likelihood", NumberText.value(mean),
      "nats per example, \(NumberText.count(sampleCount)) importance samples each",
    ])
    table.add(["  standard error", NumberText.value(standardError), "by the examples drawn"])
    table.add(["  sampling error", NumberText.value(samplingError), "by the samples drawn"])
    return table
  }
}

extension PriorDiscrepancy {
  /// The discrepancy and how it was estimated.
  fileprivate var table: TextTable {
    var table = TextTable([.text("codes and prior"), .number("value"), .text("estimated as")])
    table.add([
      "discrepancy", NumberText.value(discrepancy.value),
      "maximum mean discrepancy of \(NumberText.count(count)) codes from: \(prior)",
    ])
    return table
  }
}

extension Restoration {
  /// What the damage did, and what of it is left.
  fileprivate var table: TextTable {
    var table = TextTable([.text("restoration"), .number("value"), .text("estimated as")])
    let kind = "\(corruption.kind.rawValue) \(NumberText.setting(corruption.amount))"
    table.add([
      "damage", NumberText.value(damage), "squared error of damaged examples (\(kind))",
    ])
    table.add([
      "squared error", NumberText.value(squaredError), "what comes back of them, against undamaged",
    ])
    return table
  }
}

extension LatentEvaluation {
  /// Measures, values and how they were estimated.
  fileprivate var table: TextTable {
    var table = TextTable([.text("classes from codes"), .number("value"), .text("estimated as")])
    if let classification {
      table.add([
        "nearest neighbours", Self.share(classification.accuracy), classification.method(),
      ])
      if let accuracy = classification.dataAccuracy {
        table.add(["  the data itself", Self.share(accuracy), "the same without the model"])
      }
    }
    for row in probe?.rows ?? [] { table.add(row) }
    table.add([
      "clusters: accuracy", Self.share(clustering.accuracy),
      "k-means into \(clustering.clusters), \(NumberText.count(clustering.count)) codes; "
        + "each cluster stands for one class (best matching)",
    ])
    table.add([
      "  purity", Self.share(clustering.purity), "share in the commonest class of its cluster",
    ])
    table.add([
      "  mutual information", NumberText.value(clustering.normalizedMutualInformation),
      "normalised: 0 unrelated, 1 the same",
    ])
    table.add([
      "  Rand index", NumberText.value(clustering.adjustedRandIndex),
      "adjusted: 0 by chance, 1 the same",
    ])
    return table
  }

  /// A share as a percentage with one decimal.
  static func share(_ value: Double) -> String {
    let tenths = Int((value * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }
}

extension LatentEvaluation.Classification {
  /// How the accuracy was estimated, in words.
  fileprivate func method() -> String {
    let (tested, known) = (NumberText.count(count), NumberText.count(referenceCount))
    return switch method {
    case .trainToTest: "\(neighbours) nearest of \(known) training codes, \(tested) test codes"
    case .leaveOneOut: "\(neighbours) nearest of \(known) others (leave-one-out), \(tested) codes"
    }
  }
}

extension ProbeReport {
  /// The linear classifier's accuracy, and below it that on other features.
  fileprivate var rows: [[String]] {
    let known = NumberText.count(trainingCount)
    let estimate =
      switch method {
      case .trainToTest: "fitted on \(known) training codes, \(NumberText.count(count)) test codes"
      case .crossValidation:
        "\(folds) folds of \(NumberText.count(count)) codes, "
          + "± \(LatentEvaluation.share(deviation)) over folds"
      }
    return [["linear classifier", LatentEvaluation.share(accuracy), estimate]]
      + controls.sorted { $0.key < $1.key }.map { name, accuracy in
        ["  \(name)", LatentEvaluation.share(accuracy), "the same without the model's encoder"]
      }
  }
}
